import type { Json, ListAnswer } from './route.js';

const DEFAULT_SIZE = 30;
const LARGEST_SIZE = 100;

export interface Page {
  readonly body: Json;
  /** Of the `link` header; undefined if everything is on one page. */
  readonly link: string | undefined;
}

/**
 * Cuts the page that `page` and `per_page` (30 if absent, 100 at most) ask for. Source:
 * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 * @param address the address that was asked for, with its query
 */
export async function paginate(list: ListAnswer, address: URL): Promise<Page> {
  const size = Math.min(LARGEST_SIZE, wholeNumber(address.searchParams.get('per_page'), DEFAULT_SIZE));
  const page = wholeNumber(address.searchParams.get('page'), 1);
  const { items, within } = list;
  const rows = items.slice((page - 1) * size, page * size);
  const presented = await Promise.all(rows.map(async (row) => list.present(row as never)));
  return {
    body: within ? { ...within.others(items.length), [within.key]: presented } : presented,
    link: linkHeader(address, page, Math.max(1, Math.ceil(items.length / size))),
  };
}

/** `<…?page=2>; rel="next", <…?page=5>; rel="last"`, or undefined where there is no other page. */
function linkHeader(address: URL, page: number, last: number): string | undefined {
  const links = [
    ...(page > 1 ? [['prev', Math.min(page - 1, last)] as const] : []),
    ...(page < last ? [['next', page + 1] as const, ['last', last] as const] : []),
    ...(page > 1 ? [['first', 1] as const] : []),
  ];
  if (links.length === 0) return undefined;
  return links.map(([rel, number]) => `<${withPage(address, number)}>; rel="${rel}"`).join(', ');
}

function withPage(address: URL, page: number): string {
  const url = new URL(address);
  url.searchParams.set('page', String(page));
  return url.href;
}

function wholeNumber(text: string | null, fallback: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : fallback;
}
