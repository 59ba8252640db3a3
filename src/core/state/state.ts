import { isMet, type Member } from '../membership/member.js';
import { holds } from '../authority/standing.js';
import type { Time } from '../model/index.js';
import type { GateReason, LandingReason, Reason } from '../reasons/reason.js';
import { hasWork } from '../landing/landing-reasons.js';
import type { Settings } from '../settings/schema.js';

/** Where a subagent stands: the first that fits. */
export type State =
  | 'merged'
  | 'done elsewhere'
  | 'cancelled'
  | 'conflict'
  | 'failing'
  | 'on hold'
  | 'landing'
  | 'waiting'
  | 'approved'
  | 'in review'
  | 'stalled'
  | 'working'
  | 'not started'
  | 'ready to start'
  | 'provisioning';

/** The sign that stands before the word, for eyes that skim; the word says the same. */
export const SIGNS = {
  merged: '✅',
  'done elsewhere': '✅',
  cancelled: '⛔',
  conflict: '❌',
  failing: '❌',
  'on hold': '✋',
  landing: '🚚',
  waiting: '⏸',
  approved: '✔️',
  'in review': '👀',
  stalled: '🕸',
  working: '🔵',
  'not started': '💤',
  'ready to start': '🟡',
  provisioning: '⏳',
} satisfies Record<State, string>;

export interface StateInput {
  readonly member: Member;
  readonly gate: readonly GateReason[];
  readonly landing: readonly LandingReason[];
  /** Whether it is the one being updated or merged now. */
  readonly isLanding: boolean;
  readonly settings: Settings;
  readonly now: Time;
}

/** The state of a member and the reasons that explain it. */
export function stateOf(input: StateInput): { readonly state: State; readonly because: readonly Reason[] } {
  const { member, gate, landing } = input;
  const only = (...kinds: readonly Reason['kind'][]) =>
    landing.filter((reason) => kinds.includes(reason.kind));
  const said = (state: State, because: readonly Reason[] = []) => ({ state, because });
  const { outcome, pull } = member;
  if (isMet(member)) return said(outcome.kind === 'merged' ? 'merged' : 'done elsewhere');
  if (outcome.kind === 'cancelled') return said('cancelled');
  if (pull === null || pull.state !== 'open') return said('provisioning');
  if (only('conflict').length > 0) return said('conflict', only('conflict'));
  if (only('failing checks').length > 0) return said('failing', only('failing checks'));
  if (holds(member.hold))
    return said(
      'on hold',
      gate.filter((reason) => reason.kind === 'hold'),
    );
  if (input.isLanding) return said('landing', only(...WHILE_LANDING));
  if (!hasWork(member)) return unstarted(input);
  if (pull.draft) return isStale(input) ? said('stalled') : said('working');
  // While GitHub works out whether it conflicts, the state stays: that is so after every push to the base.
  const open = landing.filter(({ kind }) => kind !== 'not asked' && kind !== 'unknown mergeability');
  if (open.length > 0) return said('in review', open);
  return gate.length > 0 ? said('waiting', gate) : said('approved', only('not asked'));
}

/** What passes by itself while checks run, and what people can do meanwhile. */
const WHILE_LANDING: readonly LandingReason['kind'][] = [
  'pending checks',
  'checks not started',
  'checks missing',
  'settling',
  'approvals',
];

/** What keeps a subagent from landing, and not from being started. */
const LANDS_LATER: readonly GateReason['kind'][] = [
  'needs update',
  'sharer landing',
  'files unread',
  'frozen',
];

function unstarted(input: StateInput): { readonly state: State; readonly because: readonly Reason[] } {
  const waits = input.gate.filter(({ kind }) => !LANDS_LATER.includes(kind));
  if (waits.length > 0) return { state: 'not started', because: waits };
  return { state: 'ready to start', because: [] };
}

/** Nothing was pushed for as long as the settings allow. */
function isStale({ member, settings, now }: StateInput): boolean {
  const detail = member.pull?.detail;
  const pushedAt = detail?.kind === 'read' ? detail.value.pushedAt : null;
  return pushedAt !== null && now - pushedAt >= settings['stale-after'];
}
