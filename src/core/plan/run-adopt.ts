import { answerCannotAdopt, answerNotNow } from '../commands/answers.js';
import type { IssueRef } from '../facts/references.js';
import { isOver } from '../membership/member.js';
import type { Pull } from '../model/index.js';
import { LATER, type Ran, type Run, done } from './run.js';
import { memberOf } from './run-targets.js';

/**
 * Takes an open pull request in place of the issue's own. The accepted comment is the record; what follows from it, such as
 * closing the draft, follows from the next snapshot.
 */
export function adopt(run: Run, ref: IssueRef): Ran {
  const { here, login, view } = run;
  const member = memberOf(here, run);
  if (member === undefined || isOver(member)) {
    const because = member === undefined ? 'it is not part of the deployment' : 'its work is over';
    return { kind: 'refused', answer: answerNotNow(login, 'adopt', { number: here }, because) };
  }
  const { pulls } = view.snapshot;
  // Before the task is recorded nobody knows what the adopted one would have to wait for.
  if (pulls.kind === 'unreadable' || member.pull === null) return LATER;
  const pull = pulls.value.find(({ number }) => number === ref.number);
  if (pull !== undefined && pull.number === member.pull.number) return done([]);
  const problem = problemOf(pull, run);
  if (problem === null) return done([]);
  return { kind: 'refused', answer: answerCannotAdopt(login, { number: here }, ref, problem) };
}

/** What keeps a pull request from being taken for an issue; null if nothing does. */
function problemOf(pull: Pull | undefined, { view }: Run): string | null {
  if (pull?.state !== 'open') return 'it is not an open pull request of this repository';
  if (!pull.head.sameRepository) return 'its branch is in a fork, where I cannot keep it up to date';
  if (pull.base !== view.baseBranch) return `it goes into ${pull.base}, and not into ${view.baseBranch}`;
  if ([view.baseBranch, view.snapshot.repository.defaultBranch].includes(pull.head.branch)) {
    return `it comes from ${pull.head.branch}, which other work is based on`;
  }
  const owner = view.judged.find((each) => each.pull?.number === pull.number);
  return owner === undefined ? null : `it is the one of #${owner.number}`;
}
