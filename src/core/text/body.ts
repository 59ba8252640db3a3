/** Whether GitHub shows what was written: it may keep other line ends, and none at the end. */
export function isSameBody(shown: string, written: string): boolean {
  return plain(shown) === plain(written);
}

function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').trimEnd();
}
