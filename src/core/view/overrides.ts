import { type Override, overrideOf } from '../gate/override.js';
import { gateOf } from '../landing/slot.js';
import type { Member } from '../membership/member.js';
import { groupBy } from '../model/index.js';
import type { GateReason } from '../reasons/reason.js';
import type { Settings } from '../settings/schema.js';

/**
 * The override that is in force on the head of each member that has one. None on a head that is that of two members: who
 * cleared the one has not cleared the other.
 */
export function overridesOf(members: readonly Member[], settings: Settings): ReadonlyMap<Member, Override> {
  const open = members.filter(({ pull }) => pull?.state === 'open');
  const heads = [...groupBy(open, ({ pull }) => pull?.head.sha).values()];
  return new Map(
    heads.flatMap(([member, ...others]) => {
      const gate = member === undefined || others.length > 0 ? null : gateOf(member, settings);
      const override = gate === null ? null : overrideOf(gate);
      return member === undefined || override === null ? [] : [[member, override] as const];
    }),
  );
}

/**
 * What an override leaves of the reasons of a gate. It says that the order does not matter for this head. That is for
 * people to act on; the bot itself goes on keeping its hands off what is held or frozen, and off what it cannot judge.
 */
export function leftByOverride(reasons: readonly GateReason[]): readonly GateReason[] {
  return reasons.filter(({ kind }) => OUTLASTING.includes(kind));
}

const OUTLASTING: readonly GateReason['kind'][] = ['hold', 'frozen', 'approval unread', 'config invalid'];
