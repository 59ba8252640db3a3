const LINE = /^ {0,3}\/.*\badopt\b.*$/gim;
const MOST = 10;

/**
 * Numbers that a comment may name in an `adopt` command, at most ten. It may be more than the command means: what is read
 * of a pull request for nothing costs little, and one that was left out would look as if it had never been.
 */
export function numbersAdopted(comment: string): readonly number[] {
  const lines = comment.match(LINE) ?? [];
  const numbers = lines.flatMap((line) => line.match(/\d{1,10}/g) ?? []);
  return [...new Set(numbers.map(Number))].slice(0, MOST);
}
