/**
 * Elements that hold text or blocks and must be closed: what stands between their tags is a log, a citation, code,
 * struck out or not shown at all. A paragraph ends no element of these.
 */
// prettier-ignore
const ELEMENTS = [
  'article', 'aside', 'blockquote', 'center', 'details', 'div', 'dl', 'fieldset', 'figure', 'form', 'main', 'ol',
  'section', 'summary', 'table', 'ul', 'template', 'pre', 'script', 'style', 'textarea', 'title',
  'a', 'code', 'del', 'kbd', 'q', 's', 'samp', 'strike', 'tt', 'var',
] as const;
const NAMES: ReadonlySet<string> = new Set(ELEMENTS);

/** Whether a text may begin or end one of them, by its signs alone. */
const MAY_HOLD_TAGS = new RegExp(`</?(?:${ELEMENTS.join('|')})(?![a-z\\d-])`, 'i');

/** How far a browser has come in the HTML of a page. */
export interface HtmlState {
  /** How many elements of a name are open; only of names with any. */
  readonly open: ReadonlyMap<string, number>;
  /** What the piece of HTML ended within; the quotes are those of an attribute. */
  readonly within: Within;
}

type Within = 'text' | 'tag' | 'comment' | '"' | "'";

/** At the beginning of a page. */
export const OUTSIDE: HtmlState = { open: new Map(), within: 'text' };

/** Whether what comes next stands between tags, in an attribute or in a comment. */
export function isInsideHtml(state: HtmlState): boolean {
  return state.open.size > 0 || state.within !== 'text';
}

/** Whether a text may change the state; if not, it need not be read as Markdown for that. */
export function mayHoldTags(text: string): boolean {
  return MAY_HOLD_TAGS.test(text);
}

/**
 * The state after a piece of HTML. An end tag closes the newest element of its name, wherever that stands, and none
 * of another name. A comment and an attribute that are not closed go on in the next piece, as they do in a browser,
 * since Markdown escapes what stands between; a tag that is not closed ends with its piece. Linear in the length.
 */
export function htmlAfter(html: string, before: HtmlState): HtmlState {
  const open = new Map(before.open);
  let { within } = before;
  let at = 0;
  while (at < html.length) {
    const next = NEXT[within];
    next.lastIndex = at;
    const match = next.exec(html);
    if (match === null) break;
    at = next.lastIndex;
    const [found, slash, name] = match;
    switch (within) {
      case 'text':
        // The two hyphens that open a comment may be those that close it.
        if (found === '<!--') [within, at] = ['comment', at - 2];
        else {
          within = 'tag';
          count(open, (name ?? '').toLowerCase(), slash === '/' ? -1 : 1);
        }
        break;
      case 'tag':
        within = found.endsWith('"') ? '"' : found.endsWith("'") ? "'" : 'text';
        break;
      case 'comment':
        within = 'text';
        break;
      case '"':
      case "'":
        within = 'tag';
        break;
    }
  }
  return { open, within: within === 'tag' ? 'text' : within };
}

/** What ends each of them, or is the next tag or comment of a text. None looks at a character twice. */
const NEXT = {
  text: /<!--|<(\/?)([a-z][a-z\d-]*)/gi,
  tag: />|=\s*["']/g,
  comment: /-->/g,
  '"': /"/g,
  "'": /'/g,
} as const satisfies Record<Within, RegExp>;

function count(open: Map<string, number>, name: string, by: 1 | -1): void {
  if (!NAMES.has(name)) return;
  const now = (open.get(name) ?? 0) + by;
  if (now > 0) open.set(name, now);
  else open.delete(name);
}
