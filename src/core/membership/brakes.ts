import { type RoleBook, atLeast } from '../authority/role-book.js';
import { type Standing, holds } from '../authority/standing.js';
import { type LabelEvent, type Tracker, valueOr } from '../model/index.js';
import { isSameLabel } from '../names/labels.js';
import { CONTROL, controlStanding } from './control.js';

/** The labels on the tracking issue that keep the whole deployment back. */
export const BRAKES = ['freeze', 'pause'] as const;

export type Brake = (typeof BRAKES)[number];

const WHO_MAY = { freeze: 'a maintainer', pause: 'somebody with write' } as const satisfies Record<
  Brake,
  string
>;

/**
 * What the freeze or the pause label on the tracking issue is worth. To delete a label from the repository takes less than
 * to take a freeze off, and leaves events without a name: while one of them may have been the label, it holds.
 */
export function brakeStanding(kind: Brake, tracker: Tracker, name: string, book: RoleBook): Standing {
  const { labels, labelEvents: events } = tracker;
  const standing = controlStanding(kind, name, { labels, events }, book);
  if (holds(standing)) return standing;
  const all = valueOr(events, []);
  const named = all.findLastIndex((event) => isSameLabel(event.label, name));
  const deleted = all.slice(named + 1).filter((event) => event.label === '' && mayHaveSet(kind, event, book));
  if (deleted.length === 0) return standing;
  return {
    kind: 'unread',
    effective: true,
    why:
      'a label of the tracking issue was deleted from the repository, and may have been the ' +
      `${kind}. To end it by hand, ${WHO_MAY[kind]} makes the label \`${name}\` if there is none, puts it on the tracking issue and takes it off`,
  };
}

/** The app puts one on only where somebody has taken it off that had been put by somebody who may before. */
function mayHaveSet(kind: Brake, { added, actor, at }: LabelEvent, book: RoleBook): boolean {
  if (!added || actor?.kind === 'me') return false;
  if (actor === null) return true;
  const role = book.of(actor, at);
  return role.kind === 'unreadable' || atLeast(role.value, CONTROL[kind].set);
}
