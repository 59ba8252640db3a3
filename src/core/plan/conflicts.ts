import type { Action } from '../actions/action.js';
import { conflictOf } from '../landing/conflict.js';
import type { Member } from '../membership/member.js';
import { type Pull, valueOr } from '../model/index.js';
import { conflictCause } from '../names/conflict-cause.js';
import { conflictList } from '../reasons/conflict-words.js';
import type { ConflictReason } from '../reasons/reason.js';
import { codeSpan, fence } from '../text/code.js';
import { shellWord } from '../text/shell.js';
import type { View } from '../view/view.js';

/**
 * Asks on each pull request that conflicts, once for each head, that its subagent settles it. Whether that was said is
 * read from GitHub; while it cannot be read nothing is said.
 */
export function planConflicts({ members, baseBranch }: View): readonly Action[] {
  return members.flatMap(({ outcome, pull }: Member) => {
    if (outcome.kind !== 'open' || pull?.state !== 'open' || pull.base !== baseBranch) return [];
    const reason = conflictOf(pull);
    return reason === null || wasTold(pull)
      ? []
      : [
          {
            kind: 'comment' as const,
            number: pull.number,
            body: sayConflict(pull, reason),
            cause: conflictCause(pull.head.sha),
          },
        ];
  });
}

function wasTold({ detail }: Pull): boolean {
  const conflict = detail.kind === 'read' ? detail.value.conflict : undefined;
  return conflict === undefined || valueOr(conflict.told, true);
}

/** Mentions nobody: who is assigned or takes part hears of every comment. */
function sayConflict({ base, head }: Pull, reason: ConflictReason): string {
  const branch = shellWord(head.branch);
  const onto = shellWord(`origin/${base}`);
  const commands = [
    'git fetch origin',
    `git switch ${branch}`,
    `git rebase ${onto}`,
    `git push --force-with-lease origin ${branch}`,
  ];
  return [
    `This conflicts with ${codeSpan(base)}, so that it and what depends on it cannot land; others go on. Its subagent is asked to settle that.`,
    '',
    ...conflictList(reason),
    '',
    `On the branch, with the conflicts mended where git stops (${codeSpan('git add')} what is mended, then ${codeSpan('git rebase --continue')}):`,
    '',
    fence(commands.join('\n'), 'sh'),
    '',
    `Or ${codeSpan(`git merge ${onto}`)} in place of the rebase, and an ordinary push. It goes on by itself after the push.`,
  ].join('\n');
}
