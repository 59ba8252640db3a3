/** What git writes where there is no object: "must not exist yet" as the old value, "delete" as the new one. */
export const ZERO_OID = '0'.repeat(40);

/** The tree without entries. Git knows it even where no object of it was ever written. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** True for a whole SHA-1 in lower case; abbreviations and other names of a commit are not. */
export function isOid(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/**
 * Guards every place where an object's name becomes an argument of git, so that text which people chose is never
 * read as an option or as a range.
 * @throws TypeError if one of the values is not a whole SHA-1
 */
export function assertOids(...values: readonly string[]): void {
  for (const value of values) {
    if (!isOid(value))
      throw new TypeError(`Not an object name of 40 hexadecimal digits: ${JSON.stringify(value)}`);
  }
}
