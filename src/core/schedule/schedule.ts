import type { NodeId } from '../graph/node.js';
import type { HourRange } from '../settings/duration.js';
import type { Until } from '../settings/lists.js';

/** An issue with the work that it stands for. */
export interface Job {
  readonly node: NodeId;
  /** In hours; null where nobody says, which counts as none. */
  readonly effort: HourRange | null;
  /** Issues that come before it. Those that are not scheduled, or not before it in the merge order, take no time. */
  readonly waitsFor: readonly NodeId[];
}

/** A phase as the settings describe it. */
export interface PhasePlan {
  readonly name: string;
  /** Hours for all issues together, or each issue's own effort. */
  readonly duration: HourRange | 'effort';
  /** How efforts add up: the longest alone, along the longest path, or one after the other. */
  readonly mode: 'together' | 'parallel' | 'sequential';
  /** What is so for all issues when it is over; without it nobody knows when that is. */
  readonly until?: Until | undefined;
}

/** When something is done, in hours since the beginning of the deployment, by the low and by the high estimates. */
export interface Span {
  readonly start: HourRange;
  readonly end: HourRange;
}

export interface ScheduledPhase extends Span {
  readonly plan: PhasePlan;
  /** The issues one by one, in merge order, where the phase takes as long as their efforts; else none. */
  readonly jobs: readonly (Span & { readonly node: NodeId })[];
}

export interface Schedule {
  readonly phases: readonly ScheduledPhase[];
  readonly total: HourRange;
  /** Issues without an effort, where one counts. */
  readonly unknown: readonly NodeId[];
}

/** Where no phases are set: the work itself. */
const IMPLEMENTATION: PhasePlan = { name: 'Implementation', duration: 'effort', mode: 'parallel' };

const NOTHING: HourRange = { low: 0, high: 0 };

/**
 * Puts phases one after the other, and within them the issues. Low and high estimates are added up apart, so that the
 * longest path by the one may be another than by the other. Linear in the size of the graph.
 *
 * @param jobs in merge order
 * @param plans in their order; without any the efforts alone make the schedule
 */
export function scheduleOf(jobs: readonly Job[], plans: readonly PhasePlan[]): Schedule {
  const phases: ScheduledPhase[] = [];
  let now = NOTHING;
  for (const plan of plans.length === 0 ? [IMPLEMENTATION] : plans) {
    const phase = phaseFrom(now, plan, jobs);
    phases.push(phase);
    now = phase.end;
  }
  const counts = phases.some(({ plan }) => plan.duration === 'effort');
  const unknown = counts ? jobs.flatMap(({ node, effort }) => (effort === null ? [node] : [])) : [];
  return { phases, total: now, unknown };
}

function phaseFrom(start: HourRange, plan: PhasePlan, jobs: readonly Job[]): ScheduledPhase {
  if (plan.duration !== 'effort') return { plan, start, end: add(start, plan.duration), jobs: [] };
  const ends = new Map<NodeId, HourRange>();
  let last = start;
  const spans = jobs.map(({ node, effort, waitsFor }) => {
    const before = plan.mode === 'parallel' ? waitsFor.map((each) => ends.get(each) ?? start) : [];
    const from = plan.mode === 'sequential' ? last : before.reduce(later, start);
    const end = add(from, effort ?? NOTHING);
    ends.set(node, end);
    last = later(last, end);
    return { node, start: from, end };
  });
  return { plan, start, end: last, jobs: spans };
}

function add(one: HourRange, other: HourRange): HourRange {
  return { low: one.low + other.low, high: one.high + other.high };
}

function later(one: HourRange, other: HourRange): HourRange {
  return { low: Math.max(one.low, other.low), high: Math.max(one.high, other.high) };
}
