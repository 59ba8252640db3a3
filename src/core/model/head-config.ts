/** The settings file on the head of a pull request that changes it. It is shown what is wrong with it, and nothing more. */
export type HeadConfig =
  | { readonly kind: 'text'; readonly text: string }
  /** The pull request removes it, or puts a folder in its place. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'not text' }
  /** So large that GitHub gives only the beginning. */
  | { readonly kind: 'too large' };
