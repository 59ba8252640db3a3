import { type Row, type Verb, VERBS } from '../commands/registry.js';
import { type Member, isOver } from '../membership/member.js';
import { worktreeOf } from '../names/members.js';
import { fillTemplate } from '../settings/template.js';
import { codeSpan, fence } from '../text/code.js';
import { shellWord } from '../text/shell.js';
import type { View } from '../view/view.js';

/** What people say most often. */
const SHOWN: readonly Verb[] = ['status', 'hold', 'unhold', 'merge'];

/** Commands to copy: worktrees, watching, cleaning up, and what people can say on the tracking issue. */
export function renderCommands(view: View, ofEach: boolean): string {
  const { members } = view;
  if (members.length === 0) return '';
  const open = members.filter((member) => !isOver(member));
  const parts = ['## Commands'];
  if (ofEach) parts.push(...shellParts(view, open, members.filter(isOver)));
  else parts.push('Those of each subagent are left out, for length: its task file has them.');
  const example = open[0];
  if (example !== undefined) parts.push(...slashParts(view, example));
  return parts.join('\n\n');
}

function shellParts(view: View, open: readonly Member[], over: readonly Member[]): readonly string[] {
  const { settings } = view.config;
  const worktree = (member: Member): string =>
    shellWord(worktreeOf(settings, member.number, view.baseBranch));
  const branches = shellWord(`*${fillTemplate(settings.branch, { number: '*' })}`);
  const add = open.map((member) => `git worktree add ${worktree(member)} ${shellWord(member.branchName)}`);
  const watch = open.map((member) => `git -C ${worktree(member)} status`);
  const clean = [...over, ...open].flatMap((member) => [
    `git worktree remove ${worktree(member)}`,
    `git branch ${isLanded(member) ? '-D' : '-d'} ${shellWord(member.branchName)}`,
  ]);
  const parts: string[] = [];
  if (open.length > 0) {
    parts.push('Work on a subagent’s branch:', shell(['git fetch origin', ...add]));
    parts.push(
      'Monitor:',
      shell([
        'git fetch --prune origin',
        `git branch --list --verbose --all ${branches}`,
        'git worktree list',
        ...watch,
      ]),
    );
  }
  parts.push('Clean up, each when it has landed:', shell(['git fetch --prune origin', ...clean]));
  return parts;
}

/** What landed by a squash or a rebase is not merged in the eyes of git, which then asks for `-D`. */
function isLanded({ outcome }: Member): boolean {
  return outcome.kind === 'merged';
}

function shell(lines: readonly string[]): string {
  return fence(lines.join('\n'), 'sh');
}

/** One block for each, so that nobody who copies a block runs more than was meant. */
function slashParts({ config }: View, { number }: Member): readonly string[] {
  const { prefix } = config.settings.commands;
  const shown = VERBS.filter(({ available, verb }) => available && SHOWN.includes(verb));
  return [
    `On this issue, in a comment (${codeSpan(`${prefix} help`)} lists all commands):`,
    ...shown.flatMap((row) => [
      `This ${row.help}:`,
      fence(`${prefix} ${row.verb}${target(row, number)}`, 'text'),
    ]),
  ];
}

function target({ targets, usage }: Row, number: number): string {
  if (targets === 'none' || targets === 'optional') return '';
  return usage.includes('[all]') ? ' all' : ` #${number}`;
}
