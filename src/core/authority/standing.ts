import type { LabelEvent, Readable, Role } from '../model/index.js';
import { isSameLabel } from '../names/labels.js';
import { type RoleBook, atLeast } from './role-book.js';

/**
 * The weakest role that may put a label on and take it off by hand: that of the command that does the same. `none` asks
 * for nobody's role.
 */
export interface LabelRoles {
  readonly set: Role;
  readonly remove: Role;
}

/**
 * What a label on an issue is worth. A label counts only together with its last event: by the app itself, or by someone
 * with the role of the command that does the same. Where that event does not count, the newest one that does tells what
 * holds: taking a label off and putting it on again is no way around that.
 *
 * - `on`, `off`: as GitHub shows it, and rightly so.
 * - `overruled`: the last event does not count; until the app has put the label back as it was, `effective` holds.
 *   `before` is the event that counts; null if there is none.
 * - `unread`: who did it, or their role, is not known; `effective` is the safer reading.
 */
export type Standing =
  | { readonly kind: 'on'; readonly event: LabelEvent | null }
  | { readonly kind: 'off' }
  | {
      readonly kind: 'overruled';
      readonly effective: boolean;
      readonly event: LabelEvent;
      readonly before: LabelEvent | null;
      readonly role: Role;
    }
  | { readonly kind: 'unread'; readonly effective: boolean; readonly why: string };

/**
 * Judges one label.
 *
 * @param present whether the issue shows the label now
 * @param events the label's own events, oldest first
 * @param safe what holds while the truth is unknown: true for a label that holds back, false for one that frees
 */
export function standingOf(
  label: string,
  present: boolean,
  events: readonly LabelEvent[],
  roles: LabelRoles,
  book: RoleBook,
  safe: boolean,
): Standing {
  const own = events.filter((event) => isSameLabel(event.label, label));
  const last = own.at(-1);
  if (last === undefined) {
    return present
      ? { kind: 'unread', effective: safe, why: 'GitHub names nobody who put it' }
      : { kind: 'off' };
  }
  if (last.added !== present) {
    return { kind: 'unread', effective: safe, why: 'its events and its presence do not agree yet' };
  }
  let lastRole: Role = 'none';
  for (const event of [...own].reverse()) {
    const needed = event.added ? roles.set : roles.remove;
    if (event.actor?.kind === 'me' || needed === 'none') return asItWas(event, last, lastRole);
    const role = roleOf(event, book);
    if (role.kind === 'unreadable') return { kind: 'unread', effective: safe, why: role.why };
    if (event === last) lastRole = role.value;
    if (atLeast(role.value, needed)) return asItWas(event, last, lastRole);
  }
  // Nobody who may has ever touched it, and at first it was not on.
  if (!present) return { kind: 'off' };
  return { kind: 'overruled', effective: false, event: last, before: null, role: lastRole };
}

/** By the newest event that counts; `last`, by someone with `role`, is what the issue shows. */
function asItWas(counts: LabelEvent, last: LabelEvent, role: Role): Standing {
  if (counts.added !== last.added) {
    return { kind: 'overruled', effective: counts.added, event: last, before: counts, role };
  }
  return counts.added ? { kind: 'on', event: counts } : { kind: 'off' };
}

function roleOf({ actor, at }: LabelEvent, book: RoleBook): Readable<Role> {
  if (actor === null) return { kind: 'unreadable', why: 'its last event has no actor' };
  const role = book.of(actor, at);
  if (role.kind === 'read') return role;
  return { kind: 'unreadable', why: `cannot read the role of ${actor.login}: ${role.why}` };
}

/** Whether the label holds, in the safe reading where it is not certain. */
export function holds(standing: Standing): boolean {
  switch (standing.kind) {
    case 'on':
      return true;
    case 'off':
      return false;
    case 'overruled':
    case 'unread':
      return standing.effective;
  }
}
