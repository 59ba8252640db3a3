import type { Action } from '../actions/action.js';
import { eventsOf } from '../communication/events.js';
import { recipientsOf, recipientsOfEnd } from '../communication/recipients.js';
import { sayComplete, sayEvent } from '../communication/told-words.js';
import { adoptedBy } from '../membership/adopted.js';
import { type Pull, type Snapshot, type ToldSince, valueOr } from '../model/index.js';
import type { MemberStanding, Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import { type Remark, sayOnce } from './say.js';

/**
 * Tells stakeholders what has happened, in one comment for each subagent and event on the subagent's pull request: with the
 * next attempt, which has another, all may happen anew. While it cannot be read since when the settings ask for it, nobody
 * is told.
 */
export function planTold(view: View, { standings }: Progress): readonly Action[] {
  const since = view.snapshot.toldSince;
  if (since?.kind !== 'read') return [];
  return sayOnce(
    standings.flatMap((standing) => remarksOn(standing, since.value, view)),
    view,
  );
}

function remarksOn(standing: MemberStanding, since: ToldSince, view: View): readonly Remark[] {
  const { member } = standing;
  const { pull } = member;
  if (pull === null) return [];
  const lasting = eventsOf(standing, view);
  return lasting.flatMap((event): readonly Remark[] => {
    const moment = { now: view.now, since, lasting };
    const recipients = valueOr(recipientsOf(view.config.settings, moment, event, member), []);
    if (recipients.length === 0) return [];
    const body = sayEvent(recipients, event, member, view.baseBranch);
    const places = placesOf(pull, view.snapshot);
    return [{ number: pull.number, body, cause: `told-${event.event}`, places }];
  });
}

/** The pull request, and the drafts in whose place it was taken. */
function placesOf({ number }: Pull, { pulls }: Snapshot): readonly number[] {
  const drafts = valueOr(pulls, []).filter((pull) => adoptedBy(pull) === number);
  return [number, ...drafts.map((draft) => draft.number)];
}

/** Tells stakeholders on the tracking issue that the deployment is complete; nobody of one that was cancelled. */
export function planToldEnd(view: View, { phase }: Progress): readonly Action[] {
  const { tracker, members, config, baseBranch } = view;
  const recipients = recipientsOfEnd(config.settings, members);
  if (tracker === null || phase !== 'complete' || recipients.length === 0) return [];
  const body = sayComplete(recipients, baseBranch);
  return [{ kind: 'comment', number: tracker.number, body, cause: 'told-complete' }];
}
