/** The chart of the timeline. Labels are plain words, so that no title and no name of a phase can be part of its language. */
import { type NodeId, numberOf } from '../graph/node.js';
import type { StagedJob } from '../schedule/remaining.js';
import type { Schedule } from '../schedule/schedule.js';
import { fence } from '../text/code.js';
import { mermaidLabel } from '../text/mermaid.js';

/** Beyond these a chart cannot be read. */
const MAX_BARS = 80;
const MAX_LABEL = 40;
/** The chart counts milliseconds and names whole seconds, so an hour is a second. */
const HOUR = 1_000;

const TAGS = { waiting: '', begun: 'active, ', implemented: 'done, ', over: 'done, ' } satisfies Record<
  StagedJob['stage'],
  string
>;

/** The fenced chart by the high estimates, or null if it would be too large. Bars that take no time are left out. */
export function renderGantt(
  { phases }: Schedule,
  jobs: ReadonlyMap<NodeId, StagedJob>,
  titles: ReadonlyMap<NodeId, string>,
): string | null {
  const lines = phases.flatMap(({ plan, start, end, jobs: spans }) => {
    const bars =
      plan.duration === 'effort'
        ? spans.map((span) =>
            bar(labelOf(span.node, titles), TAGS[jobs.get(span.node)?.stage ?? 'waiting'], span),
          )
        : [bar(`All ${jobs.size}`, '', { start, end })];
    const shown = bars.filter((each) => each !== null);
    return shown.length === 0 ? [] : [`  section ${mermaidLabel(plan.name, MAX_LABEL) || 'Phase'}`, ...shown];
  });
  if (lines.length > MAX_BARS + phases.length) return null;
  const head = ['gantt', '  dateFormat x', '  axisFormat %s h', '  todayMarker off'];
  return fence([...head, ...lines].join('\n'), 'mermaid');
}

function bar(
  label: string,
  tag: string,
  { start, end }: Pick<Schedule['phases'][number], 'start' | 'end'>,
): string | null {
  const from = Math.round(start.high * HOUR);
  const to = Math.round(end.high * HOUR);
  return to > from ? `  ${label} :${tag}${from}, ${to}` : null;
}

function labelOf(node: NodeId, titles: ReadonlyMap<NodeId, string>): string {
  return mermaidLabel(`Issue ${numberOf(node) ?? ''} ${titles.get(node) ?? ''}`, MAX_LABEL);
}
