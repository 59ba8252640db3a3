/** A value, or the fact that it could not be read and why. What is unreadable never frees, merges or deletes anything. */
export type Readable<T> =
  { readonly kind: 'read'; readonly value: T } | { readonly kind: 'unreadable'; readonly why: string };

export function read<T>(value: T): Readable<T> {
  return { kind: 'read', value };
}

/** `why` completes the sentence "cannot read …: <why>". */
export function unreadable<T>(why: string): Readable<T> {
  return { kind: 'unreadable', why };
}

/** The value, or `other` where nothing could be read: only for choices in which `other` is the safe side. */
export function valueOr<T, U>(readable: Readable<T>, other: U): T | U {
  return readable.kind === 'read' ? readable.value : other;
}
