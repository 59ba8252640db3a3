/**
 * What one process has learned of a repository and need not ask again: reader and writer share it. It saves questions;
 * nothing rests on it that GitHub would not say as well.
 */
export interface Known {
  /** Node id of the repository, as of the last read. */
  repositoryId: string | undefined;
  /** Node ids of people by login in lower case. */
  readonly people: Map<string, string>;
  /** Labels that are there, in lower case. */
  readonly labels: Set<string>;
  /** Issues, by number, whose dependencies this process has written since their histories were last read. */
  readonly dependencies: Set<number>;
  /** Task files that this process has committed, by the whole message of their commit, which names its approval. */
  readonly tasks: Map<string, string>;
  /** Causes of what this process has said, or seen that the app has said, by the number of the issue or pull request. */
  readonly said: Map<number, Set<string>>;
}

export function nothingKnown(): Known {
  return {
    repositoryId: undefined,
    people: new Map(),
    labels: new Set(),
    dependencies: new Set(),
    tasks: new Map(),
    said: new Map(),
  };
}

/** So many issues and pull requests are remembered; then all of it is looked up anew. */
const MOST_SAID = 5_000;

/** Remembers that the app has said something. */
export function noteSaid({ said }: Known, number: number, cause: string): void {
  const causes = said.get(number);
  if (causes !== undefined) {
    causes.add(cause);
    return;
  }
  if (said.size >= MOST_SAID) said.clear();
  said.set(number, new Set([cause]));
}
