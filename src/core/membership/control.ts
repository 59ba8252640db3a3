import { type LabelRoles, type Standing, standingOf } from '../authority/standing.js';
import type { RoleBook } from '../authority/role-book.js';
import { type Issue, type LabelEvent, type Readable, valueOr } from '../model/index.js';
import { type ControlLabel, isSameLabel } from '../names/labels.js';

/**
 * The labels whose presence or absence somebody may not be allowed to change, and what holds while that is unread.
 * Whoever could put a label `shares:` could do so because GitHub let them, or by an issue form, and it only delays: so
 * nobody's role is asked for it.
 */
export const CONTROL = {
  deploy: { set: 'none', remove: 'write', safe: true },
  hold: { set: 'triage', remove: 'write', safe: true },
  merge: { set: 'write', remove: 'write', safe: false },
  freeze: { set: 'maintain', remove: 'maintain', safe: true },
  pause: { set: 'write', remove: 'write', safe: true },
  shares: { set: 'none', remove: 'write', safe: true },
} satisfies Record<Exclude<ControlLabel, 'tracking'> | 'shares', LabelRoles & { safe: boolean }>;

/** What such a label on an issue or tracking issue is worth. */
export function controlStanding(
  kind: keyof typeof CONTROL,
  name: string,
  subject: { labels: Issue['labels']; events: Readable<readonly LabelEvent[]> },
  book: RoleBook,
): Standing {
  const { safe, ...roles } = CONTROL[kind];
  if (subject.labels.kind === 'unreadable')
    return { kind: 'unread', effective: safe, why: subject.labels.why };
  if (subject.events.kind === 'unreadable')
    return { kind: 'unread', effective: safe, why: subject.events.why };
  const present = subject.labels.value.some((label) => isSameLabel(label, name));
  return standingOf(name, present, subject.events.value, roles, book, safe);
}

/** The label events of an issue. */
export function labelEvents(issue: Issue): Readable<readonly LabelEvent[]> {
  return issue.history.kind === 'unreadable'
    ? issue.history
    : { kind: 'read', value: issue.history.value.labels };
}

/** True if the issue shows the label, as far as that can be read. */
export function shows(issue: Pick<Issue, 'labels'>, label: string): boolean {
  return valueOr(issue.labels, []).some((name) => isSameLabel(name, label));
}
