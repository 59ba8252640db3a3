import { OVERDUE } from '../landing/checks.js';
import type { Time } from '../model/index.js';
import type { LandingReason } from '../reasons/reason.js';
import { type Progress, pushedAt } from '../view/progress.js';
import { landedAt } from '../landing/slot.js';
import { closesAt } from './closing.js';
import { nextSync } from './syncs.js';
import { retriesAt } from '../view/retries.js';
import { waitsToTell } from '../view/untold.js';
import type { View } from '../view/view.js';

/** How long GitHub may take to mark a pull request as merged after a fast-forward (ms). */
export const MARKED_WITHIN = 10 * 60_000;

/** What the time since the push alone ends, or makes overdue. */
const PASSES: readonly LandingReason['kind'][] = ['checks not started', 'checks missing', 'settling'];

/** When to ask again whether a pull request can be merged (ms). */
const ASK_AGAIN = 15_000;

/**
 * The next time at which the passing of time alone changes something: a head has settled, CI or a check is overdue,
 * a subagent counts as stalled, the slot of a landing is over, one that GitHub refused has rested, GitHub has not marked
 * what has landed, or not closed its issue, the end has waited long enough to tell of a landing, or a sync is due. Nothing else that is shown or decided knows the time. Checks of a draft decide
 * nothing yet.
 */
export function nextCrossing(view: View, { standings, slot, awaited }: Progress): Time | null {
  const { merge, 'stale-after': stale } = view.config.settings;
  const times = standings.flatMap(({ member, landing }) => {
    const pushed = pushedAt(member);
    if (pushed === null || member.outcome.kind !== 'open') return [];
    const isReady = member.pull?.draft === false;
    const waitsForChecks = isReady && landing.some(({ kind }) => PASSES.includes(kind));
    return [pushed + stale, ...(waitsForChecks ? [pushed + merge.settle, pushed + OVERDUE] : [])];
  });
  // GitHub works that out in the background; where nothing else is waited for, it is asked again soon.
  const isOnlyUnknown = standings.some(
    ({ landing: [first, second] }) => first?.kind === 'unknown mergeability' && second === undefined,
  );
  if (isOnlyUnknown) times.push(view.now + ASK_AGAIN);
  for (const each of [slot, awaited]) if (each !== null) times.push(each.since + merge.slot);
  times.push(...retriesAt(view));
  for (const { member } of standings) {
    const landed = landedAt(member, view.config.settings);
    if (landed !== null && member.pull?.state === 'open') times.push(landed + MARKED_WITHIN);
  }
  times.push(...view.judged.flatMap((member) => closesAt(member, view.config.settings) ?? []));
  times.push(waitsToTell(view) ?? 0);
  const sync = nextSync(view);
  if (sync !== null) times.push(sync);
  const ahead = times.filter((time) => time > view.now);
  return ahead.length === 0 ? null : Math.min(...ahead);
}
