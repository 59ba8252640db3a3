/**
 * The first so many of a list, in words, and how many more there are: `a, b and 3 more`.
 *
 * @param text how one is written; it has to be safe for the place it stands in
 * @param count how many there are, where not all were given
 */
export function listed<T>(
  items: readonly T[],
  max: number,
  text: (item: T) => string,
  count = items.length,
): string {
  const shown = items.slice(0, max).map((item) => text(item));
  const more = count - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
