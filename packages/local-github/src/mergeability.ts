import type { Activity } from './activity.js';
import type { GitRepository } from './git/repository.js';
import type { Id } from './state/model.js';

/** How a head stands to a base. */
interface Mergeability {
  /** The two merge without a conflict. */
  readonly clean: boolean;
  /** The head lacks commits of the base. */
  readonly behind: boolean;
}

export interface MergeabilityCache {
  /**
   * The answer for two commits, or undefined while nobody knows: the first question starts the work in the background,
   * as GitHub does (https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request, `mergeable`).
   */
  ask(repositoryId: Id, base: string, head: string): Mergeability | undefined;
  /** Waits for the work that is under way. */
  close(): Promise<void>;
}

/** Makes an empty cache over the git repositories of a world. */
export function createMergeability(
  git: (repositoryId: Id) => GitRepository,
  activity: Activity,
): MergeabilityCache {
  const known = new Map<string, Mergeability>();
  const working = new Map<string, Promise<void>>();

  async function work(key: string, repositoryId: Id, base: string, head: string): Promise<void> {
    try {
      known.set(key, await workOut(git(repositoryId), base, head));
    } finally {
      working.delete(key);
    }
  }

  return {
    ask(repositoryId, base, head) {
      const key = `${repositoryId} ${base} ${head}`;
      const answer = known.get(key);
      if (answer === undefined && !working.has(key)) {
        const label = `mergeability of ${head.slice(0, 7)}`;
        working.set(
          key,
          activity.track(label, () => work(key, repositoryId, base, head)),
        );
      }
      return answer;
    },
    close: async () => void (await Promise.all(working.values())),
  };
}

/** Knows nothing of any two commits, and never will. */
export const UNDECIDED: MergeabilityCache = { ask: () => undefined, close: () => Promise.resolve() };

/** Works it out now, with git. */
export async function workOut(git: GitRepository, base: string, head: string): Promise<Mergeability> {
  if (await git.isAncestor(base, head)) return { clean: true, behind: false };
  return { clean: 'tree' in (await git.mergeTrees(base, head)), behind: true };
}
