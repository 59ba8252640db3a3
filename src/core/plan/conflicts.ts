import type { Action } from '../actions/action.js';
import { conflictOf } from '../landing/conflict.js';
import type { Member } from '../membership/member.js';
import { type Pull, valueOr } from '../model/index.js';
import { conflictCause } from '../names/conflict-cause.js';
import { conflictList } from '../reasons/conflict-words.js';
import type { ConflictReason } from '../reasons/reason.js';
import { codeSpan, fence } from '../text/code.js';
import { escapeMarkdown } from '../text/escape.js';
import { shellWord } from '../text/shell.js';
import { MAX_PROSE } from '../tracking/phrases.js';
import { refusedUpdateOf } from '../view/refusal.js';
import type { View } from '../view/view.js';

/**
 * Asks on each pull request that conflicts, or that GitHub does not let the app bring up to date, once for each head, that
 * its subagent does it. Whether that was said is read from GitHub; while it cannot be read nothing is said.
 */
export function planConflicts(view: View): readonly Action[] {
  return view.members.flatMap(({ outcome, pull }: Member) => {
    if (outcome.kind !== 'open' || pull?.state !== 'open' || pull.base !== view.baseBranch) return [];
    const body = requestOf(pull, view);
    if (body === null) return [];
    return [{ kind: 'comment' as const, number: pull.number, body, cause: conflictCause(pull.head.sha) }];
  });
}

/** What its subagent is asked for; null where that is nothing, or was said. */
function requestOf(pull: Pull, { refusedUpdates }: View): string | null {
  const reason = conflictOf(pull);
  if (reason !== null) return wasTold(pull) ? null : sayConflict(pull, reason);
  const refused = refusedUpdateOf(refusedUpdates, pull.number);
  return refused === null || refused.asked ? null : sayRefused(pull, refused.sentence);
}

function wasTold({ detail }: Pull): boolean {
  const conflict = detail.kind === 'read' ? detail.value.conflict : undefined;
  return conflict === undefined || valueOr(conflict.told, true);
}

/** Mentions nobody: who is assigned or takes part hears of every comment. */
function sayConflict(pull: Pull, reason: ConflictReason): string {
  return [
    `This conflicts with ${codeSpan(pull.base)}, so that it and what depends on it cannot land; others go on. Its subagent is asked to settle that.`,
    '',
    ...conflictList(reason),
    '',
    ...sayHow(pull),
  ].join('\n');
}

function sayRefused(pull: Pull, sentence: string): string {
  return [
    `This has to be brought up to date with ${codeSpan(pull.base)} before it lands, and GitHub does not let me do that: "${escapeMarkdown(sentence, MAX_PROSE)}". It and what depends on it cannot land; others go on. Its subagent is asked to do it.`,
    '',
    ...sayHow(pull),
  ].join('\n');
}

function sayHow({ base, head }: Pull): readonly string[] {
  const branch = shellWord(head.branch);
  const onto = shellWord(`origin/${base}`);
  const commands = [
    'git fetch origin',
    `git switch ${branch}`,
    `git rebase ${onto}`,
    `git push --force-with-lease origin ${branch}`,
  ];
  return [
    `On the branch, with the conflicts mended where git stops (${codeSpan('git add')} what is mended, then ${codeSpan('git rebase --continue')}):`,
    '',
    fence(commands.join('\n'), 'sh'),
    '',
    `Or ${codeSpan(`git merge ${onto}`)} in place of the rebase, and an ordinary push. It goes on by itself after the push.`,
  ];
}
