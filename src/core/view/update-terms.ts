import type { Method } from '../landing/method.js';
import type { UpToDateTerms } from '../landing/needs-update.js';
import type { Member } from '../membership/member.js';
import { valueOr } from '../model/index.js';
import type { LandingReason } from '../reasons/reason.js';
import { refusedAsBehind, refusedUpdateOf } from './refusal.js';
import type { View } from './view.js';

export interface UpdateTerms extends UpToDateTerms {
  /** Whether an update ends the approvals of a head: the base asks for a review of what was pushed last. */
  readonly approvalsEnd: boolean;
}

/** What the base and GitHub's answers so far say of updates. */
export function updateTerms({ snapshot, refusals }: View, method: Method | null): UpdateTerms {
  const base = valueOr(snapshot.base, null);
  const rules = base === null ? null : valueOr(base.rules, null);
  return {
    method,
    strict: rules?.strict === true,
    approvalsEnd: rules?.dismissStale === true || rules?.lastPush === true,
    refusedAsBehind: ({ pull }: Member) => refusedAsBehind(refusals, pull?.number),
  };
}

/** That GitHub takes no update of this head from the app. It is asked again once either side has moved. */
export function updateReasons({ pull }: Member, { refusedUpdates }: View): readonly LandingReason[] {
  const refused = refusedUpdateOf(refusedUpdates, pull?.number);
  return refused === null ? [] : [{ kind: 'update refused', sentence: refused.sentence }];
}
