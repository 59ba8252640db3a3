import type { Approval } from '../authority/approval.js';
import { whyNotApproved } from '../authority/not-approved.js';
import type { Member } from '../membership/member.js';
import type { LabelEvent, Role } from '../model/index.js';
import { shortSha } from '../names/members.js';
import { codeSpan } from '../text/code.js';
import { commandSpan } from '../text/command.js';

/** What the app says on its own account. No line begins with a slash, and nobody is mentioned who did not just act. */

/** For a label that is put back as it was. */
export function sayPutBack(event: LabelEvent, role: Role, prefix: string): string {
  const login = codeSpan(event.actor?.login ?? 'somebody');
  const deed = event.added ? 'put' : 'removed';
  const undone = event.added ? 'taken it off again' : 'put it back';
  return (
    `${login} ${deed} the label ${codeSpan(event.label)} with the *${role}* role, which is not enough for that, ` +
    `so I have ${undone}. ${commandSpan(prefix, 'help')} says which role a command needs.`
  );
}

/** For a deploy label that approves nothing: put on by someone who may not, or overtaken by an edit. */
export function sayNotDeployed(
  approval: Approval & { kind: 'refused' | 'withdrawn' },
  label: string,
): string {
  const way =
    approval.kind === 'refused'
      ? 'Somebody with write can read the issue and put it on again.'
      : 'Read the issue as it is now and put the label on again if you still want it.';
  return (
    `This issue is not deployed: ${whyNotApproved(approval, label)}. ` +
    `I have taken ${approval.kind === 'refused' ? 'the label' : codeSpan(label)} off. ${way}`
  );
}

/** For a label that stands for work that is over. */
export function saySpent(member: Member): string {
  const over =
    member.outcome.kind === 'cancelled'
      ? member.outcome.how
      : `its work has landed${member.pull === null ? '' : ` with pull request #${member.pull.number}`}`;
  return `I have taken the deploy label off: ${over}. Put it on again to deploy this issue once more.`;
}

/** For a pull request whose issue is deployed no more. */
export function sayClosed(member: Member, how: string): string {
  return (
    `Closed: ${how} (issue #${member.number}). The branch ${codeSpan(member.branchName)} is kept. ` +
    'To take the work up again, deploy the issue again.'
  );
}

/** For a pull request whose issue another one has closed. */
export function sayNotNeeded({ number, branchName }: Member, by: string): string {
  return (
    `Closed: pull request ${codeSpan(by)} has closed issue #${number}, so that this work is not needed any more. ` +
    `The branch ${codeSpan(branchName)} is kept.`
  );
}

/** For the draft in whose place another pull request was adopted. */
export function sayDisplaced(issue: number, adopted: number, branch: string): string {
  return (
    `Closed: #${adopted} takes its place as the pull request of issue #${issue}. ` +
    `The branch ${codeSpan(branch)} is kept.`
  );
}

/** For an issue whose work is on the base, where GitHub did not close it. */
export function sayLanded({ pull }: Member, commit: string, base: string): string {
  const by = pull === null ? '' : ` with pull request #${pull.number}`;
  return `Landed on ${codeSpan(base)}${by} as ${shortSha(commit)}.`;
}

/** For a pull request whose commits are on the base, and which GitHub does not mark as merged. */
export function sayUnmarked({ number }: Member, commit: string, base: string): string {
  return (
    `Landed on ${codeSpan(base)} by fast-forward as ${shortSha(commit)}, which closes issue #${number}. ` +
    'GitHub does not mark this pull request as merged, so I have closed it.'
  );
}

/** For a tracking issue that a person closed while work was left. */
export function sayReopened(left: number): string {
  const issues = left === 1 ? '1 issue is' : `${left} issues are`;
  return `I have reopened this: ${issues} still being worked on. To end the deployment, cancel what is left.`;
}

/** For a second tracking issue. */
export function sayDuplicate(number: number): string {
  return `The tracking issue of this deployment is #${number}; this one is not kept.`;
}
