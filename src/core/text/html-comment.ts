const PLAIN = /[A-Za-z0-9._:/,+-]/;

/**
 * A value as it may stand in an HTML comment: no white space, no quote, no bracket, no `--`, nothing outside of
 * ASCII. Anything else is percent-encoded UTF-8; half a surrogate pair becomes `�`.
 */
export function htmlComment(value: string): string {
  let encoded = '';
  for (const character of value.replace(/\p{Surrogate}/gu, '\ufffd')) {
    const plain = PLAIN.test(character) && !(character === '-' && encoded.endsWith('-'));
    encoded += plain ? character : percentEncode(character);
  }
  return encoded.replace(/-$/, '%2D');
}

function percentEncode(character: string): string {
  const encoded = encodeURIComponent(character);
  return encoded.startsWith('%') ? encoded : `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The value that `htmlComment` made this of; `undefined` if it made it of none. */
export function parseHtmlComment(encoded: string): string | undefined {
  try {
    const value = decodeURIComponent(encoded);
    return htmlComment(value) === encoded ? value : undefined;
  } catch {
    return undefined;
  }
}
