import { plural } from '../text/clean.js';
import type { Progress } from '../view/progress.js';
import { trackerMarker } from '../view/trackers.js';
import type { View } from '../view/view.js';
import { renderBatch } from './batch.js';
import { renderChecklist } from './checklist.js';
import { renderCommands } from './commands.js';
import { type GraphDetail, renderDependencies } from './dependencies.js';
import { type DetailsShown, renderDetails } from './details.js';
import { renderFoot } from './foot.js';
import { renderNeedsYou } from './needs-you.js';
import { type NeedOf, needsOf } from './needs.js';
import { renderNotes } from './notes.js';
import { renderRisks } from './risks.js';
import { type Row, type Table, subagentRows, subagentTable } from './table.js';
import { ticksOf, withTicks } from './ticks.js';
import { renderTimeline } from './timeline.js';
import { renderVerdict, trackerTitle } from './verdict.js';

/** UTF-16 code units; GitHub's limit for the body of an issue is 65,536 characters. */
const MAX_BODY = 58_000;
/** The rest is for the marker, which holds the name of the base: at most 244 bytes, each of them encoded as three. */
const MAX_TEXT = MAX_BODY - 1_000;

/** How much of each section is shown. */
interface Extent {
  readonly details: DetailsShown;
  /** Whether the timeline has its chart. */
  readonly chart: boolean;
  /** Whether the batch configuration is shown, if anybody starts anything by it. */
  readonly batch: boolean;
  /** Whether what is long and least read is shown: commands of each subagent, risks, notes. */
  readonly extras: boolean;
  readonly mergedRows: boolean;
  readonly graph: GraphDetail;
  readonly needs: number;
  /** Characters of each list of items; null for all of it. */
  readonly items: number | null;
}

const ALL: Extent = {
  details: 'all',
  chart: true,
  batch: true,
  extras: true,
  mergedRows: true,
  graph: 'all',
  needs: 30,
  items: null,
};

const SHORT = { details: 'none', chart: false } as const;
const BARE = { batch: false, extras: false } as const;

/**
 * The first that fits is shown. Each is shorter than the one before it: the batch configuration gives way to the details of
 * those who work, and takes their place where they have to go themselves. At the last, rows of the table give way as well.
 */
const EXTENTS: readonly Extent[] = [
  ALL,
  { ...ALL, details: 'not merged' },
  { ...ALL, details: 'not merged', chart: false },
  { ...ALL, details: 'not merged', chart: false, batch: false },
  { ...ALL, ...SHORT },
  { ...ALL, ...SHORT, batch: false },
  { ...ALL, ...SHORT, ...BARE },
  { ...ALL, ...SHORT, ...BARE, mergedRows: false },
  { ...ALL, ...SHORT, ...BARE, mergedRows: false, graph: 'open' },
  { ...ALL, ...SHORT, ...BARE, mergedRows: false, graph: 'none' },
];
const LEAST: Extent = { ...SHORT, ...BARE, mergedRows: false, graph: 'none', needs: 8, items: 6_000 };

export interface Rendered {
  readonly title: string;
  /** At most 58,000 characters. It ends with the marker by which the tracking issue is found again. */
  readonly body: string;
}

/**
 * Title and body of the tracking issue. A pure function of how the deployment stands: what is equal there is equal here,
 * byte for byte, and no time of day is in it. Where the whole would be too long, what is least needed gives way.
 *
 * @param over whether these are the last words: an issue that carries them is not taken up again
 */
export function renderTracker(view: View, progress: Progress, appVersion: string, over = false): Rendered {
  const title = trackerTitle(progress);
  const text = fittingText(view, progress, appVersion);
  const digest = view.digest(`${title}\n${text}`).slice(0, 16);
  const body = withTicks(text, ticksOf(view.tracker?.body ?? ''));
  return { title, body: `${body}\n\n${trackerMarker(view.baseBranch, digest, over)}\n` };
}

function fittingText(view: View, progress: Progress, appVersion: string): string {
  const parts = partsOf(view, progress, appVersion);
  const { rows } = parts;
  for (const extent of EXTENTS) {
    const details = renderDetails(view, progress.standings, extent.details, MAX_TEXT);
    if (details === null) continue;
    const table = subagentTable(rows, extent.mergedRows);
    const text = compose(parts, extent, tableText(table, table.rows.length), details);
    if (text.length <= MAX_TEXT) return text;
  }
  const table = subagentTable(rows, LEAST.mergedRows);
  const details = renderDetails(view, progress.standings, LEAST.details, MAX_TEXT) ?? '';
  const room = MAX_TEXT - compose(parts, LEAST, tableText(table, 0), details).length;
  return compose(parts, LEAST, tableText(table, rowsFor(table, room)), details);
}

/** What is the same in every extent, rendered once. */
interface Parts {
  readonly verdict: string;
  readonly needs: readonly NeedOf[];
  readonly rows: readonly Row[];
  readonly dependencies: (detail: GraphDetail) => string;
  readonly timeline: (withChart: boolean) => string;
  readonly items: (which: 'checklist' | 'success', max: number | null) => string;
  readonly risks: string;
  readonly notes: string;
  readonly commands: (ofEach: boolean, withBatch: boolean) => string;
  readonly foot: string;
}

function partsOf(view: View, progress: Progress, appVersion: string): Parts {
  const graphs = new Map<GraphDetail, string>();
  return {
    verdict: renderVerdict(view, progress),
    needs: needsOf(view, progress),
    rows: subagentRows(progress.standings),
    dependencies: (detail) => {
      const graph = graphs.get(detail) ?? renderDependencies(view, detail);
      graphs.set(detail, graph);
      return graph;
    },
    timeline: (withChart) => renderTimeline(view, withChart),
    items: (which, max) => renderChecklist(which, view, progress, max),
    risks: renderRisks(view),
    notes: renderNotes(view),
    commands: (ofEach, withBatch) =>
      renderCommands(view, ofEach, withBatch ? renderBatch(view, progress.standings, MAX_TEXT) : null),
    foot: renderFoot(view, appVersion),
  };
}

function compose(parts: Parts, extent: Extent, table: string, details: string): string {
  const { extras } = extent;
  return [
    parts.verdict,
    renderNeedsYou(parts.needs, extent.needs),
    table,
    parts.dependencies(extent.graph),
    parts.timeline(extent.chart),
    details,
    parts.items('checklist', extent.items),
    extras ? parts.risks : '',
    parts.items('success', extent.items),
    extras ? parts.notes : '',
    parts.commands(extras, extent.batch),
    extras || parts.risks + parts.notes === '' ? '' : 'Risks and notes are left out, for length.',
    parts.foot,
  ]
    .filter((section) => section !== '')
    .join('\n\n');
}

/** The first rows, and a sentence on those that are left out. */
function tableText({ head, rows }: Table, count: number): string {
  if (rows.length === 0) return '';
  const left = rows.length - count;
  const note =
    left === 0 ? [] : ['', `${plural(left, 'more subagent')} in the merge order: not listed, for length.`];
  return [head, ...rows.slice(0, count), ...note].join('\n');
}

function rowsFor({ rows }: Table, room: number): number {
  let left = room;
  const count = rows.findIndex((row) => {
    left -= row.length + 1;
    return left < 0;
  });
  return count === -1 ? rows.length : count;
}
