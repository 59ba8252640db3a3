import { type Row, type Verb, VERBS } from '../commands/registry.js';
import { type Member, isOver } from '../membership/member.js';
import { codeSpan, fence } from '../text/code.js';
import type { View } from '../view/view.js';
import { shellCommands } from './shell-commands.js';

/** What people say most often. */
const SHOWN: readonly Verb[] = ['status', 'ready', 'hold', 'unhold', 'merge'];

/**
 * Commands to copy: shell commands for each subagent, the batch configuration, and what people can say on the tracking
 * issue.
 *
 * @param ofEach whether the shell commands are shown, which grow with the number of subagents
 * @param batch the block of the batch configuration; null if it is left out for length
 */
export function renderCommands(view: View, ofEach: boolean, batch: string | null): string {
  const { members } = view;
  if (members.length === 0) return '';
  const example = members.find((member) => !isOver(member));
  return [
    '## Commands',
    ...(ofEach
      ? shellCommands(view)
      : ['Those of each subagent are left out, for length: its task file has them.']),
    ...(example === undefined
      ? []
      : [batch ?? 'The batch configuration is left out, for length.', ...slashParts(view, example)]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
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
