/** One word of a shell command that people copy: as it is if that is safe, else in single quotes. */
export function shellWord(text: string): string {
  if (/^[A-Za-z0-9_./+@=:,][A-Za-z0-9_./+@=:,-]*$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
