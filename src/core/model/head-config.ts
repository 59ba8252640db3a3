/**
 * How the settings file on the head of a pull request that changes it was judged. Strangers write it: it is read for what is
 * wrong with it, once, and nothing of it is kept.
 */
export type HeadConfig =
  | { readonly kind: 'valid' }
  /** The pull request removes it, or puts a folder in its place. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'wrong'; readonly problems: readonly HeadProblem[] };

/** One thing that is wrong, in the order of the file; at most 50. */
export interface HeadProblem {
  /** The key; empty for the file as a whole. People's text, not escaped. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** Markdown; what people wrote stands in code spans. */
  readonly message: string;
}
