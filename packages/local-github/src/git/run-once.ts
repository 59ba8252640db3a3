import type { Git } from './objects.js';
import { type GitOutput, run, type RunOptions } from './run.js';

/** How many answers are remembered of a repository. */
const MAX_ANSWERS = 2000;

const answers = new WeakMap<Git, Map<string, Promise<GitOutput>>>();

/**
 * Like `run`, for questions about commits and trees by their full names only: their answers never change, and starting a
 * process for each costs more than the answer. A failure is not remembered: what is missing may arrive later.
 */
export function runOnce(
  git: Git,
  args: readonly string[],
  options: Pick<RunOptions, 'accept'> = {},
): Promise<GitOutput> {
  const known = answers.get(git) ?? new Map<string, Promise<GitOutput>>();
  answers.set(git, known);
  const key = args.join('\0');
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const answer = run(git, args, options);
  known.set(key, answer);
  answer.catch(() => known.delete(key));
  const [oldest] = known.keys();
  if (known.size > MAX_ANSWERS && oldest !== undefined) known.delete(oldest);
  return answer;
}
