import type { Repository } from '../../state/model.js';

const HEADS = 'refs/heads/';

/** `main` → `refs/heads/main`. */
export function branchRef(branch: string): string {
  return `${HEADS}${branch}`;
}

/** `refs/heads/main` → `main`; undefined for what is no branch. */
export function branchOf(ref: string): string | undefined {
  return ref.startsWith(HEADS) ? ref.slice(HEADS.length) : undefined;
}

/** The ref that keeps a pull request's head, also when its branch is gone. */
export function pullRef(number: number): string {
  return `refs/pull/${number}/head`;
}

/** The commit of a branch, or undefined if there is no such branch. */
export function branchHead(repository: Repository, branch: string): string | undefined {
  return repository.refs[branchRef(branch)];
}
