import type { Action } from '../actions/action.js';
import { eventsOf } from '../communication/events.js';
import { recipientsOf, recipientsOfEnd } from '../communication/recipients.js';
import { sayComplete, sayEvent } from '../communication/told-words.js';
import { adoptedBy } from '../membership/adopted.js';
import { type Pull, type ToldSince, valueOr } from '../model/index.js';
import type { MemberStanding, Progress } from '../view/progress.js';
import type { View } from '../view/view.js';

/**
 * Tells stakeholders what has happened, in one comment for each subagent and event on the subagent's pull request: with the
 * next attempt, which has another, all may happen anew. Whether it was told is read from GitHub; while that cannot be read,
 * nor since when the settings ask for it, nobody is told.
 */
export function planTold(view: View, { standings }: Progress): readonly Action[] {
  const since = view.snapshot.toldSince;
  if (since?.kind !== 'read') return [];
  return standings.flatMap((standing) => tell(standing, since.value, view));
}

function tell(standing: MemberStanding, since: ToldSince, view: View): readonly Action[] {
  const { member } = standing;
  const { pull } = member;
  if (pull === null) return [];
  return eventsOf(standing, view).flatMap((event): readonly Action[] => {
    const recipients = valueOr(recipientsOf(view.config.settings, since, event, member), []);
    const cause = `told-${event.event}`;
    if (recipients.length === 0 || wasTold(pull, cause, view)) return [];
    const body = sayEvent(recipients, event, member, view.baseBranch);
    return [{ kind: 'comment', number: pull.number, body, cause }];
  });
}

/** On the pull request, or on the draft in whose place it was taken. */
function wasTold({ number }: Pull, cause: string, { said, snapshot }: View): boolean {
  const drafts = valueOr(snapshot.pulls, []).filter((pull) => adoptedBy(pull) === number);
  return [number, ...drafts.map((draft) => draft.number)].some((each) =>
    valueOr(said.has(each, cause), true),
  );
}

/** Tells stakeholders on the tracking issue that the deployment is complete; nobody of one that was cancelled. */
export function planToldEnd(view: View, { phase }: Progress): readonly Action[] {
  const { tracker, members, config, baseBranch } = view;
  const recipients = recipientsOfEnd(config.settings, members);
  if (tracker === null || phase !== 'complete' || recipients.length === 0) return [];
  const body = sayComplete(recipients, baseBranch);
  return [{ kind: 'comment', number: tracker.number, body, cause: 'told-complete' }];
}
