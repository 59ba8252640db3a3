/** What belongs to an issue by its number alone: branch, worktree, pull request title, task file. */
import type { Settings } from '../settings/schema.js';
import { fillTemplate } from '../settings/template.js';
import { cutText, oneLine } from '../text/clean.js';
import { neutralise } from '../text/escape.js';

/** GitHub's limit for the title of an issue or pull request. */
const MAX_TITLE = 256;

/** The branch of an issue, without `refs/heads/`. */
export function branchOf({ branch }: Pick<Settings, 'branch'>, number: number): string {
  return fillTemplate(branch, { number: String(number) });
}

/** The issue whose branch this would be by the template; `undefined` if of none. */
export function issueOfBranch(template: string, branch: string): number | undefined {
  const [before = '', after] = template.split('{number}');
  if (after === undefined || !branch.startsWith(before) || !branch.endsWith(after)) return undefined;
  const digits = branch.slice(before.length, branch.length - after.length);
  return /^[1-9]\d{0,9}$/.test(digits) ? Number(digits) : undefined;
}

/** The folder of an issue's worktree; the slashes of the base become dashes. */
export function worktreeOf({ worktree }: Pick<Settings, 'worktree'>, number: number, base: string): string {
  return fillTemplate(worktree, { number: String(number), base: base.replaceAll('/', '-') });
}

/** Where the task file of an issue is in the repository. */
export function taskPathOf(settings: Pick<Settings, 'task-file'>, number: number): string {
  return fillTemplate(settings['task-file'].path, { number: String(number) });
}

/**
 * The title of an issue's pull request: at most 256 characters, of which the issue's title gives way. That title
 * may become the headline of a squashed commit, where "fixes #3" would close an issue, so it is made inert.
 */
export function titleOf(
  { title }: Pick<Settings, 'title'>,
  issue: { readonly number: number; readonly title: string },
  base: string,
): string {
  const fill = (text: string): string =>
    fillTemplate(title, { number: String(issue.number), title: text, base });
  const own = fill('');
  const places = title.split('{title}').length - 1;
  const room = Math.floor((MAX_TITLE - own.length) / Math.max(1, places));
  const inert = neutralise(oneLine(issue.title));
  return cutText(fill(room > 0 ? cutText(inert, room) : '').trim(), MAX_TITLE);
}

/** The first seven digits of a commit, as GitHub shows it. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}
