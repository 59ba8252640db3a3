import type { Action } from '../actions/action.js';
import { answerCannotShare, answerNotMember, answerNotSharing, answerUnread } from '../commands/answers.js';
import type { Command, Request } from '../commands/command.js';
import type { IssueRef } from '../facts/references.js';
import type { Member } from '../membership/member.js';
import { labelEvents } from '../membership/control.js';
import { sharesHeld } from '../membership/shared.js';
import { valueOr } from '../model/index.js';
import { type LabelDefinition, labelFact, sharesLabel, sharesLabelNamed } from '../names/labels.js';
import { type Ran, type Run, done } from './run.js';
import { setLabel, writesLabel } from './run-label.js';
import { isDoneSince } from './run-overtaken.js';
import { memberOf, targetNumbers } from './run-targets.js';

type Shares = Extract<Request, { readonly verb: 'shares' }>;
type NotShares = Extract<Request, { readonly verb: 'not-shares' }>;

/** Puts one label on all that share. What has landed may share, too: who has its code not yet is to be updated. */
export function share(run: Run, { name, others }: Shares): Ran {
  const { login, view } = run;
  const label = sharesLabel(name, view.digest);
  const actions: Action[] = [];
  for (const number of new Set([...targetNumbers(run), ...others.map((ref) => ref.number)])) {
    const member = memberOf(number, run);
    if (member === undefined || member.outcome.kind === 'cancelled') {
      const because = member === undefined ? 'it is not part of the deployment' : 'its work is cancelled';
      return { kind: 'refused', answer: answerCannotShare(login, { number }, name, because) };
    }
    const own = asWritten(label, member, run);
    actions.push(...setLabel(run, number, own, true, 'not-shares', isAbout(label, run)));
  }
  return done(actions);
}

/** Takes the label off. The whole name and the shortened one of the label both mean it. */
export function shareNoMore(run: Run, { name }: NotShares): Ran {
  const { login, view } = run;
  const label = sharesLabel(name, view.digest);
  const actions: Action[] = [];
  const none: IssueRef[] = [];
  const numbers = targetNumbers(run);
  for (const number of numbers) {
    const member = memberOf(number, run);
    if (member === undefined) return { kind: 'refused', answer: answerNotMember(login, { number }) };
    const unread = unreadLabels(member);
    if (unread !== null) {
      return { kind: 'refused', answer: answerUnread(login, `the labels of #${number}`, unread) };
    }
    const own = asWritten(label, member, run);
    if (isKnown(own, member, run)) {
      actions.push(...setLabel(run, number, own, false, 'shares', isAbout(label, run)));
    } else none.push({ number });
  }
  if (none.length === 0) return done(actions);
  return { kind: 'refused', answer: answerNotSharing(login, none, name, numbers.length > none.length) };
}

function unreadLabels({ issue }: Member): string | null {
  if (issue.labels.kind === 'unreadable') return issue.labels.why;
  return issue.history.kind === 'unreadable' ? issue.history.why : null;
}

/** The label with the name that people have given it on the issue: in another case, or with a space behind the colon. */
function asWritten(label: LabelDefinition, member: Member, { view }: Run): LabelDefinition {
  const written = member.shared.find(({ name }) => isSame(name, label.name));
  return written === undefined ? label : sharesLabelNamed(written.name, view.digest);
}

/** True if the issue has the label, an earlier command is about it, or it was taken off since this command. */
function isKnown({ name }: LabelDefinition, member: Member, run: Run): boolean {
  if (run.earlier.some((action) => writesLabel(action, member.number, name))) return true;
  if (sharesHeld(member).includes(name)) return true;
  const last = valueOr(labelEvents(member.issue), []).findLast((event) => isSame(event.label, name));
  return last !== undefined && isDoneSince(last, run.comment);
}

function isAbout({ name }: LabelDefinition, { view }: Run): (command: Command) => boolean {
  return (command) =>
    (command.verb === 'shares' || command.verb === 'not-shares') &&
    isSame(sharesLabel(command.name, view.digest).name, name);
}

/** Whether two labels say the same. */
function isSame(a: string, b: string): boolean {
  const [one, other] = [labelFact(a), labelFact(b)];
  return (
    one?.kind === 'shares' &&
    other?.kind === 'shares' &&
    one.value.toLowerCase() === other.value.toLowerCase()
  );
}
