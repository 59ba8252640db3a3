import { conflictOf } from '../landing/conflict.js';
import { failingNames, pendingNames } from '../landing/checks.js';
import type { Member } from '../membership/member.js';
import { type Snapshot, valueOr } from '../model/index.js';
import type { Trouble } from '../reasons/reason.js';
import type { Settings } from '../settings/schema.js';

/**
 * What somebody has to mend about a member before it can land, for those that wait for it; worked out once for each.
 *
 * Their gates are written anew whenever this changes, so that only what lasts is told: a conflict, and checks that fail
 * once all that count have come to an end. Of a draft they are its subagent's own matter. What GitHub has refused is not
 * told here: only this process knows it, and another would write the gates back.
 */
export function createTroubles(
  { base }: Snapshot,
  settings: Settings,
): (member: Member | undefined) => readonly Trouble[] {
  const rules = base.kind === 'read' ? valueOr(base.value.rules, null) : null;
  const required = rules?.requiredChecks ?? [];
  const known = new Map<Member, readonly Trouble[]>();

  function work({ pull, outcome }: Member): readonly Trouble[] {
    if (outcome.kind !== 'open' || pull?.state !== 'open' || pull.detail.kind === 'unreadable') return NONE;
    const conflict = conflictOf(pull);
    const checks = pull.draft || rules === null ? [] : valueOr(pull.detail.value.checks, []);
    const hasFailed = checks.some(({ state }) => state === 'failed');
    if (conflict === null && !hasFailed) return NONE;
    const isOver = hasFailed && pendingNames(checks, required, settings).length === 0;
    const names = isOver ? failingNames(checks, required, settings) : [];
    return [
      ...(conflict === null ? [] : [conflict]),
      ...(names.length === 0 ? [] : [{ kind: 'failing checks', names } as const]),
    ];
  }

  return (member) => {
    if (member === undefined) return NONE;
    const before = known.get(member);
    if (before !== undefined) return before;
    const troubles = work(member);
    known.set(member, troubles);
    return troubles;
  };
}

const NONE: readonly Trouble[] = [];
