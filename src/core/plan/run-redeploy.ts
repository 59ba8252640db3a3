import { changedSince } from '../authority/edits.js';
import { answerEditedSince } from '../commands/answers.js';
import type { Member } from '../membership/member.js';
import { changedSinceRecorded } from '../membership/recorded.js';
import { LATER, type Ran, type Run, notNow } from './run.js';
import { eachMember } from './run-targets.js';

/**
 * Approves the issue's present text: the accepted comment is the approval, and provisioning records the text under it. What
 * somebody without write has written in the last minute has been seen by nobody, so it is not recorded.
 */
export function redeploy(run: Run): Ran {
  return eachMember(run, (member) => problemOf(member, run) ?? []);
}

function problemOf({ number, issue, approval, recorded }: Member, run: Run): Ran | null {
  const { login, comment, view } = run;
  if (approval.kind !== 'given' || recorded.kind === 'unreadable') return LATER;
  if (issue.history.kind === 'unreadable') return LATER;
  const refuse = (because: string) => notNow(run, number, because);
  if (recorded.value === null) return refuse('its text has yet to be recorded for the first time');
  const since = changedSinceRecorded(issue, recorded.value);
  if (since === null) return LATER;
  if (!since.title && since.text === false) {
    return refuse('the recorded text is the present one');
  }
  const changed = changedSince(comment.createdAt, issue.history.value, view.book);
  if (changed === null) return null;
  if (changed.kind === 'unread') return LATER;
  return {
    kind: 'refused',
    answer: answerEditedSince(login, changed.edit.editor?.login ?? null, { number }),
  };
}
