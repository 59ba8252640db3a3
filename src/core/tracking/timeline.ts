import { formatHours } from '../facts/effort.js';
import { dependenciesByNode } from '../graph/edges.js';
import { hasWork } from '../landing/landing-reasons.js';
import { type Member, isDropped, isInReview, isOver } from '../membership/member.js';
import { type Actual, actualHours } from '../schedule/actual.js';
import { type Stage, type StagedJob, remainingHours } from '../schedule/remaining.js';
import { type PhasePlan, type Schedule, scheduleOf } from '../schedule/schedule.js';
import type { HourRange } from '../settings/duration.js';
import { plural } from '../text/clean.js';
import { escapeTableCell } from '../text/escape.js';
import type { Progress } from '../view/progress.js';
import { type View, nodeOfMember } from '../view/view.js';
import { deployedAt } from './deployed-at.js';
import { renderGantt } from './gantt.js';
import { issueLinks } from './links.js';
import { isMet, metAt } from './met-at.js';

/** How many issues a sentence names before it only counts them. */
const MAX_NAMED = 10;

/** How a phase is said to go. */
const MODES = {
  together: 'together',
  parallel: 'in parallel',
  sequential: 'one after the other',
} satisfies Record<PhasePlan['mode'], string>;

/** What is left on the longest path of the deployment, phases included; nothing where nobody has said any hours. */
export function hoursLeft(view: View, progress: Progress): HourRange {
  const jobs = jobsOf(view.members.filter(isScheduled), view);
  return remainingHours(jobs, view.config.settings.phases, (until) => isMet(until, view, progress));
}

/**
 * What the deployment takes by its phases and efforts, as a chart and a table. Empty where nobody has set phases and no
 * effort is known. What a phase took is shown beside the plan once it is over. No time of day is in it, so it changes only
 * when something has happened.
 */
export function renderTimeline(view: View, progress: Progress, withChart: boolean): string {
  const { phases: plans } = view.config.settings;
  const members = view.members.filter(isScheduled);
  const jobs = jobsOf(members, view);
  if (jobs.length === 0 || (plans.length === 0 && jobs.every(({ effort }) => effort === null))) return '';
  const schedule = scheduleOf(jobs, plans);
  const actual = actualHours(plans, deployedAt(view), (until) => metAt(until, view, progress));
  const titles = new Map(members.map((member) => [nodeOfMember(member), member.issue.title]));
  const chart = withChart ? renderGantt(schedule, new Map(jobs.map((job) => [job.node, job])), titles) : null;
  return [
    '## Timeline',
    ...(chart === null ? ['The chart is left out, for length.'] : [chart, CHART_LEGEND]),
    table(schedule, actual, jobs.length),
    ...(isShown(actual) ? [ACTUAL_LEGEND] : []),
    ...unknownLine(schedule, members),
  ].join('\n\n');
}

const CHART_LEGEND =
  'In hours since the beginning, by the high estimates. Grey is what is ready for review, or over.';

const ACTUAL_LEGEND =
  'Actual hours are those on the clock: since the phase before that is over, or since the deployment began.';

/** What the deployment does not do takes no time in it. */
function isScheduled(member: Member): boolean {
  return !isDropped(member);
}

function jobsOf(members: readonly Member[], { graph }: View): readonly StagedJob[] {
  const waits = dependenciesByNode(graph.edges);
  return members.map((member) => {
    const node = nodeOfMember(member);
    const { effort } = member.facts;
    return {
      node,
      effort: effort.kind === 'known' ? effort.value : null,
      waitsFor: (waits.get(node) ?? []).map(({ to }) => to),
      stage: stageOf(member),
    };
  });
}

function stageOf(member: Member): Stage {
  if (isOver(member)) return 'over';
  if (isInReview(member)) return 'implemented';
  return hasWork(member) ? 'begun' : 'waiting';
}

function table({ phases, total }: Schedule, actual: Actual, count: number): string {
  const all = count === 1 ? '1 issue' : `All ${count}`;
  const withActual = (hours: string) => (isShown(actual) ? [hours] : []);
  const rows = [
    ['Phase', 'Duration', ...withActual('Actual'), 'Issues'],
    ['---', '---', ...withActual('---'), '---'],
    ...phases.map(({ plan, start, end }, index) => {
      const hours = formatHours({ low: end.low - start.low, high: end.high - start.high });
      const issues = count === 1 ? all : `${all}, ${MODES[plan.mode]}`;
      return [
        escapeTableCell(plan.name),
        hours,
        ...withActual(actualText(actual.phases[index] ?? null)),
        issues,
      ];
    }),
  ];
  const taken = actual.total === null ? '' : `**${actualText(actual.total)}**`;
  const sums = ['**Total**', `**${formatHours(total)}**`, ...withActual(taken)];
  return [...rows.map((cells) => `| ${cells.join(' | ')} |`), `| ${sums.join(' | ')} | |`].join('\n');
}

/** There is a column for it once one phase is over. */
function isShown({ phases }: Actual): boolean {
  return phases.some((hours) => hours !== null);
}

/** What took less than is counted did not take nothing. */
function actualText(hours: number | null): string {
  if (hours === null) return '';
  return hours === 0 ? 'under 0.5h' : formatHours({ low: hours, high: hours });
}

function unknownLine({ unknown }: Schedule, members: readonly Member[]): readonly string[] {
  const nodes = new Set(unknown);
  const numbers = members.filter((member) => nodes.has(nodeOfMember(member))).map(({ number }) => number);
  if (numbers.length === 0) return [];
  return [
    `Not counted, since ${plural(numbers.length, 'effort')} cannot be told: ${issueLinks(numbers, MAX_NAMED)}.`,
  ];
}
