/** The chart of the timeline. Labels are plain words, so that no title and no name of a phase can be part of its language. */
import { type NodeId, numberOf } from '../graph/node.js';
import type { StagedJob } from '../schedule/remaining.js';
import type { Schedule } from '../schedule/schedule.js';
import { cutText } from '../text/clean.js';
import { fence } from '../text/code.js';
import { mermaidLabel } from '../text/mermaid.js';

/** Beyond these a chart cannot be read. */
const MAX_BARS = 80;
const MAX_LABEL = 40;
/** Left of the bars mermaid leaves room for so many letters in a line, and a row is two lines high. */
const MAX_LINE = 11;
const MAX_WORD = 14;
/** The chart counts milliseconds and names whole seconds, so an hour is a second. */
const HOUR = 1_000;
/** In a chart of fewer hours than this mermaid would mark parts of an hour, and name them all alike. */
const FEW_HOURS = 10;

const TAGS = { waiting: '', begun: 'active, ', implemented: 'done, ', over: 'done, ' } satisfies Record<
  StagedJob['stage'],
  string
>;

/** The fenced chart by the high estimates, or null if it would be too large. Bars that take no time are left out. */
export function renderGantt(
  { phases, total }: Schedule,
  jobs: ReadonlyMap<NodeId, StagedJob>,
  titles: ReadonlyMap<NodeId, string>,
): string | null {
  const sections = sectionsOf(phases.map(({ plan }) => plan.name));
  const isOver = [...jobs.values()].every(({ stage }) => stage === 'over');
  const lines = phases.flatMap(({ plan, start, end, jobs: spans }, index) => {
    const bars =
      plan.duration === 'effort'
        ? spans.map((span) =>
            bar(labelOf(span.node, titles), TAGS[jobs.get(span.node)?.stage ?? 'waiting'], span),
          )
        : [bar(`All ${jobs.size}`, isOver ? TAGS.over : '', { start, end })];
    const shown = bars.filter((each) => each !== null);
    return shown.length === 0 ? [] : [`  section ${sections[index]}`, ...shown];
  });
  if (lines.length > MAX_BARS + phases.length) return null;
  const ticks = total.high < FEW_HOURS ? ['  tickInterval 1second'] : [];
  const head = ['gantt', '  dateFormat x', '  axisFormat %s h', ...ticks, '  todayMarker off'];
  return fence([...head, ...lines].join('\n'), 'mermaid');
}

/**
 * What phases are called beside the chart. Mermaid keeps the rows of each in an object by that name: the same name twice
 * would be one section, a number would go before all others, and a name that all objects have would be in the way.
 */
function sectionsOf(names: readonly string[]): readonly string[] {
  const used = new Set<string>();
  return names.map((name, index) => {
    const words = inTwoLines(mermaidLabel(name));
    const isOdd = words === '' || /^\d+$/.test(words) || words in {} || used.has(words);
    used.add(words);
    return isOdd ? `No. ${index + 1}` : words;
  });
}

/** At most two lines; a word is never broken. */
function inTwoLines(text: string): string {
  const lines = [''];
  for (const word of text.split(' ').map((each) => cutText(each, MAX_WORD))) {
    const line = lines.at(-1) ?? '';
    if (line === '' || line.length + 1 + word.length <= MAX_LINE) lines.push(`${lines.pop()} ${word}`.trim());
    else lines.push(word);
  }
  const [first = '', second, ...more] = lines;
  if (second === undefined) return first;
  return `${first}<br>${second}${more.length === 0 ? '' : '…'}`;
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
