/** Elements that hold blocks and must be closed; the text between their tags is shown inside of them. */
const CONTAINERS = new Set([
  'article',
  'aside',
  'blockquote',
  'center',
  'details',
  'div',
  'dl',
  'fieldset',
  'figure',
  'form',
  'main',
  'ol',
  'section',
  'summary',
  'table',
  'ul',
]);

/** Attributes may not hold `<` here: so each character is looked at once, whatever the text. */
const TAG = /<(\/?)([a-z][a-z0-9]*)(?:[\s/][^<>]*)?>/gi;

/**
 * How many containers are open after a piece of HTML, given how many were open before. A closing tag closes the
 * newest one whatever its name: names are not matched, because a browser would mend a wrong nesting too.
 */
export function containersOpenAfter(html: string, openBefore: number): number {
  let open = openBefore;
  for (const [, slash, name] of html.matchAll(TAG)) {
    if (!CONTAINERS.has((name ?? '').toLowerCase())) continue;
    open = slash === '/' ? Math.max(0, open - 1) : open + 1;
  }
  return open;
}
