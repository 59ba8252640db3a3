/**
 * Shell commands to copy, a block for each purpose. Each runs by itself in `sh -eu`, in the folder that holds the clone and
 * the worktrees; what is there already is left alone, and where git refuses it stops with git's own message. They name
 * nothing that outsiders write: shells that people type into may run what stands in a comment.
 */
import { type Member, isOver } from '../membership/member.js';
import type { Pull } from '../model/index.js';
import { branchOf, worktreeOf } from '../names/members.js';
import { fillTemplate } from '../settings/template.js';
import { codeSpan, fence } from '../text/code.js';
import { shellWord } from '../text/shell.js';
import type { View } from '../view/view.js';
import { issueLinks } from './links.js';

/** How many issues a sentence names before it only counts them. */
const MAX_NAMED = 10;

/** What every block is written for. */
interface Place {
  readonly view: View;
  /** The folder of the clone, as it is and as a word of the shell. */
  readonly clone: string;
  readonly cloneWord: string;
}

/** Blocks to start work, to watch it, and to clean up after what is over. A block with nothing to do is left out. */
export function shellCommands(view: View): readonly string[] {
  const clone = cloneFolder(view);
  const place = { view, clone, cloneWord: shellWord(clone) };
  const open = view.members.filter((member) => !isOver(member));
  const over = view.members.filter(isOver);
  return [...startParts(place, open), ...monitorParts(place, open), ...cleanParts(place, over)];
}

/** Named as GitHub names it, unless a worktree has that name or git would take it for an option. */
function cloneFolder(view: View): string {
  const name = view.refs.repository.split('/')[1] ?? '';
  const isTaken = view.members.some((member) => folderOf(view, member) === name);
  return isTaken || name.startsWith('-') ? `clone-of-${name}` : name;
}

function folderOf({ config, baseBranch }: View, { number }: Member): string {
  return worktreeOf(config.settings, number, baseBranch);
}

function startParts({ view, clone, cloneWord }: Place, open: readonly Member[]): readonly string[] {
  const there = open.filter(({ branch }) => branch !== null);
  const [first] = there;
  const missing = open.filter(({ branch }) => branch === null).map(({ number }) => number);
  const notYet =
    missing.length === 0 ? [] : [`Left out, since they have no branch: ${issueLinks(missing, MAX_NAMED)}.`];
  if (first === undefined) return notYet;
  const add = there.map((member) => {
    const folder = folderOf(view, member);
    const words = `${shellWord(`../${folder}`)} ${shellWord(member.branchName)}`;
    return `[ -d ${shellWord(folder)} ] || git -C ${cloneWord} worktree add ${words}`;
  });
  const address = shellWord(`${view.snapshot.repository.url}.git`);
  return [
    `Start: in an empty folder this makes a clone and, beside it, a worktree for each subagent; what is there already stays. With a clone of your own, run it in the folder around that, without the line that clones, and with its name in place of ${codeSpan(clone)}.`,
    shell([
      `[ -d ${cloneWord} ] || git clone ${address} ${cloneWord}`,
      `git -C ${cloneWord} fetch --prune origin`,
      ...add,
    ]),
    `Then work in a worktree, like ${codeSpan(folderOf(view, first))}, by the task file in it, ${codeSpan(first.taskPath)}; ${codeSpan('git push')} there brings it to its pull request, which exists already.`,
    ...notYet,
  ];
}

function monitorParts({ view, cloneWord }: Place, open: readonly Member[]): readonly string[] {
  const there = open.filter(({ branch }) => branch !== null);
  if (there.length === 0) return [];
  const { settings } = view.config;
  const adopted = there.filter(({ number, branchName }) => branchOf(settings, number) !== branchName);
  const names = [
    fillTemplate(settings.branch, { number: '*' }),
    ...adopted.map((member) => member.branchName),
  ];
  return [
    'Monitor: which branches have which commits, the worktrees, and what has changed in each.',
    shell([
      `git -C ${cloneWord} fetch --prune origin`,
      // What would open a pager would also swallow the lines that were pasted behind it.
      `git --no-pager -C ${cloneWord} branch --list --verbose --all ${names.map((name) => shellWord(`*${name}`)).join(' ')}`,
      `git -C ${cloneWord} worktree list`,
      `for tree in ${there.map((member) => shellWord(folderOf(view, member))).join(' ')}; do`,
      '  [ ! -d "$tree" ] || git -C "$tree" status --short --branch',
      'done',
    ]),
  ];
}

/**
 * After a squash or a rebase git does not call a branch merged, so it is compared with the head of its pull request, which
 * GitHub keeps. Source: docs.github.com, "Checking out pull requests locally".
 */
function cleanParts({ view, cloneWord }: Place, over: readonly Member[]): readonly string[] {
  const ended = over.filter(hasPull);
  if (ended.length === 0) return [];
  const git = `git -C ${cloneWord}`;
  return [
    `Clean up after what is over. Files that git ignores, like ${codeSpan('.env')}, go with their worktree. It stops at a worktree with changes that are not committed or off its branch, as in a rebase, and at a branch with work that its pull request does not have, if only white space.`,
    shell([
      `${git} fetch --prune origin`,
      ...patchesFunction(git),
      'clean() {',
      `  ${git} show-ref --quiet --verify "refs/heads/$2" || return 0`,
      // On a detached head there may be commits that only this worktree knows.
      '  [ ! -d "$1" ] || [ "$(git -C "$1" branch --show-current)" = "$2" ] ||',
      '    { echo "$1 is not on $2: end the rebase or bisect there, or switch back to it" >&2; return 1; }',
      `  ${git} fetch --quiet origin "refs/pull/$3/head" || return`,
      '  both="FETCH_HEAD...refs/heads/$2"',
      `  left=$(${git} rev-list --abbrev-commit --cherry-pick --right-only "$both") || return`,
      '  [ -z "$left" ] || { echo "$2 has commits that pull request $3 has not:" $left >&2; return 1; }',
      '  [ "$(patches --left-only "$both")" = "$(patches --right-only "$both")" ] ||',
      '    { echo "$2 differs from pull request $3 in white space, messages or the order of commits" >&2; return 1; }',
      `  [ ! -d "$1" ] || ${git} worktree remove "../$1" || return`,
      `  ${git} branch -D "$2"`,
      '}',
      ...ended.map(
        (member) =>
          `clean ${shellWord(folderOf(view, member))} ${shellWord(member.branchName)} ${member.pull.number}`,
      ),
    ]),
  ];
}

/**
 * A digest of the commits of one side that git holds for equal to those of the other: with messages and white space, which
 * git leaves out there, and without places, which a rebase changes. `git range-diff` would also stop where the base got a
 * function above the change; what is read here heeds nobody's settings. Where it fails, the two sides differ.
 * Limit: a change that was moved to where the three lines around it are the same has the same digest.
 */
function patchesFunction(git: string): readonly string[] {
  return [
    'patches() {',
    `  ${git} rev-list --reverse --topo-order --cherry-mark "$1" "$2" | sed -n 's/^=//p' |`,
    `    { ${git} diff-tree --stdin --root --patch --binary --format=%B || echo "$1"; } |`,
    `    LC_ALL=C sed '/^index /d; s/^@@ .*/@@/' | ${git} hash-object --stdin`,
    '}',
  ];
}

function hasPull(member: Member): member is Member & { readonly pull: Pull } {
  return member.pull !== null;
}

function shell(lines: readonly string[]): string {
  return fence(lines.join('\n'), 'sh');
}
