import type { Run } from './run.js';

/** The issue of a number, why it cannot be one, or null where GitHub has to be asked first. */
export type LookedUp = { readonly databaseId: number } | { readonly problem: string };

/** Looks a number of this repository up among the issues of the snapshot and what was asked besides. */
export function lookUp(number: number, { view }: Pick<Run, 'view'>): LookedUp | null {
  const known = view.judged.find((member) => member.number === number);
  if (known !== undefined) return { databaseId: known.issue.databaseId };
  const named = view.snapshot.named[number];
  if (named === undefined) return null;
  if (named.kind === 'unreadable') return { problem: named.why };
  return named.value.isPull
    ? { problem: 'it is a pull request, and not an issue' }
    : { databaseId: named.value.databaseId };
}
