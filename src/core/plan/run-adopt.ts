import type { Action } from '../actions/action.js';
import { answerCannotAdopt } from '../commands/answers.js';
import type { IssueRef } from '../facts/references.js';
import { displacedBody } from '../membership/adopted.js';
import type { Member } from '../membership/member.js';
import { type Pull, valueOr } from '../model/index.js';
import { branchOf } from '../names/members.js';
import { sayDisplaced } from './notes.js';
import { LATER, type Ran, type Run } from './run.js';
import { eachMember } from './run-targets.js';

/** Takes an open pull request in place of the issue's own: the draft is closed, and says so in its body. */
export function adopt(run: Run, ref: IssueRef): Ran {
  return eachMember(run, (member) => adoptFor(member, run, ref));
}

function adoptFor(member: Member, run: Run, ref: IssueRef): readonly Action[] | Ran {
  const { here, login, view } = run;
  const { pulls } = view.snapshot;
  if (pulls.kind === 'unreadable') return LATER;
  const pull = pulls.value.find(({ number }) => number === ref.number);
  if (pull !== undefined && pull.number === member.pull?.number) return [];
  const draft = draftOf(member, run);
  const problem = draft === null ? 'there is no draft of mine that it could replace' : problemOf(pull, run);
  if (draft === null || problem !== null) {
    return { kind: 'refused', answer: answerCannotAdopt(login, { number: here }, ref, problem ?? '') };
  }
  return [
    {
      kind: 'close pull',
      pull: { id: draft.id, number: draft.number },
      body: displacedBody(draft.body, ref.number),
      comment: sayDisplaced(here, ref.number, draft.head.branch),
      cause: `displaced-${ref.number}`,
    },
  ];
}

/** The newest pull request of the issue's own branch, open or displaced already; null if it is not the app's. */
function draftOf({ number }: Member, { view }: Run): Pull | null {
  const branch = branchOf(view.config.settings, number);
  const own = valueOr(view.snapshot.pulls, []).filter(
    ({ head, author }) => head.sameRepository && head.branch === branch && author?.kind === 'me',
  );
  return own.sort((a, b) => b.number - a.number)[0] ?? null;
}

/** What keeps a pull request from being taken for an issue; null if nothing does. */
function problemOf(pull: Pull | undefined, { view, here, earlier }: Run): string | null {
  if (pull?.state !== 'open') return 'it is not an open pull request of this repository';
  if (!pull.head.sameRepository) return 'its branch is in a fork, where I cannot keep it up to date';
  if (pull.base !== view.baseBranch) return `it goes into ${pull.base}, and not into ${view.baseBranch}`;
  if ([view.baseBranch, view.snapshot.repository.defaultBranch].includes(pull.head.branch)) {
    return `it comes from ${pull.head.branch}, which other work is based on`;
  }
  const owner = view.judged.find((each) => each.pull?.number === pull.number);
  if (owner !== undefined) return `it is the one of #${owner.number}`;
  const isTaken = earlier.some(
    (action) => action.kind === 'close pull' && action.cause === `displaced-${pull.number}`,
  );
  return isTaken ? `somebody has just taken it for another issue than #${here}` : null;
}
