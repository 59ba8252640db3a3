import { plural } from '../text/clean.js';
import type { Progress } from '../view/progress.js';
import { trackerMarker } from '../view/trackers.js';
import type { View } from '../view/view.js';
import { EXTENTS, type Extent, LEAST } from './extents.js';
import { type Sections, sectionsOf } from './sections.js';
import type { Table } from './table.js';
import { ticksOf, withTicks } from './ticks.js';
import { trackerTitle } from './verdict.js';

/** UTF-16 code units; GitHub's limit for the body of an issue is 65,536 characters. */
const MAX_BODY = 58_000;
/** The rest is for the marker, which holds the name of the base: at most 244 bytes, each of them encoded as three. */
const MAX_TEXT = MAX_BODY - 1_000;

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
  const text = fittingText(sectionsOf(view, progress, appVersion));
  const digest = view.digest(`${title}\n${text}`).slice(0, 16);
  const body = withTicks(text, ticksOf(view.tracker?.body ?? ''));
  return { title, body: `${body}\n\n${trackerMarker(view.baseBranch, digest, over)}\n` };
}

function fittingText(sections: Sections): string {
  for (const extent of EXTENTS) {
    const text = textOf(sections, extent, wholeTable(sections.table(extent.mergedRows)), MAX_TEXT);
    if (text !== null) return text;
  }
  const table = sections.table(LEAST.mergedRows);
  const room = MAX_TEXT - (textOf(sections, LEAST, tableText(table, 0), Infinity) ?? '').length;
  return textOf(sections, LEAST, tableText(table, rowsFor(table, room)), Infinity) ?? '';
}

/**
 * All sections one after the other; null if they are longer than `max`. The details are the longest, so they come last: they
 * are written only as far as there is room for them.
 */
function textOf(sections: Sections, extent: Extent, table: string, max: number): string | null {
  const before = joined(sections.before(extent, table), max);
  if (before === null) return null;
  const after = joined(sections.after(extent), max - before.length);
  if (after === null) return null;
  const details = sections.details(extent.details, max - before.length - after.length);
  return details === null ? null : joined([() => before, () => details, () => after], max);
}

/** Texts with a blank line between them; null as soon as they are longer than `max`. */
function joined(texts: readonly (() => string)[], max: number): string | null {
  let all = '';
  for (const text of texts) {
    const part = text();
    if (part !== '') all += all === '' ? part : `\n\n${part}`;
    if (all.length > max) return null;
  }
  return all;
}

function wholeTable(table: Table): string {
  return tableText(table, table.rows.length);
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
