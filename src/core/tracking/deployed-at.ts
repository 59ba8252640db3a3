import type { Member } from '../membership/member.js';
import { type Time, valueOr } from '../model/index.js';
import { isSameLabel } from '../names/labels.js';
import type { View } from '../view/view.js';

/**
 * The first approval of the deployment: known before its tracking issue is, and never later than that. It stays as it is
 * when an issue is cancelled and deployed again, as long as GitHub shows the events of its labels. A label that was taken off
 * before there was the tracking issue is of an earlier deployment. Null where nothing was approved.
 */
export function deployedAt({ members, tracker, config }: View): Time | null {
  const { deploy } = config.settings.labels;
  const times = members.flatMap((member) => approvedAt(member));
  if (tracker !== null) {
    const { createdAt } = tracker;
    times.push(createdAt, ...members.flatMap((member) => labelledAt(member, deploy, createdAt)));
  }
  return times.length === 0 ? null : Math.min(...times);
}

function approvedAt({ approval, recorded }: Member): readonly Time[] {
  if (approval.kind === 'given') return [approval.since];
  const record = valueOr(recorded, null);
  return record === null ? [] : [record.approvedAt];
}

/** Since when an issue had the deploy label at this moment; nothing if it had not, or nobody can tell. */
function labelledAt({ issue }: Member, deploy: string, moment: Time): readonly Time[] {
  const { labels } = valueOr(issue.history, { labels: [] });
  const last = labels.findLast(({ label, at }) => isSameLabel(label, deploy) && at <= moment);
  return last?.added === true ? [last.at] : [];
}
