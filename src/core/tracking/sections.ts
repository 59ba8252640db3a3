/** The sections of the tracking issue in their order, each rendered once for each way in which it is shown. */
import type { Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import { renderBatch } from './batch.js';
import { renderChecklist } from './checklist.js';
import { renderCommands } from './commands.js';
import { renderCommunication } from './communication.js';
import { type GraphDetail, renderDependencies } from './dependencies.js';
import { type DetailsShown, createDetails } from './details.js';
import type { Extent } from './extents.js';
import { renderFoot } from './foot.js';
import { renderNeedsYou } from './needs-you.js';
import { needsOf } from './needs.js';
import { hasNotes, renderNotes } from './notes.js';
import { hasRisks, renderRisks } from './risks.js';
import { type Table, subagentRows, subagentTable } from './table.js';
import { renderTimeline } from './timeline.js';
import { renderVerdict } from './verdict.js';

/** A section that is worked out only where it is needed. An empty one is left out. */
type Section = () => string;

export interface Sections {
  readonly table: (withMerged: boolean) => Table;
  /** What stands before the details; `table` is the text of the table. */
  readonly before: (extent: Extent, table: string) => readonly Section[];
  /** Null if they are longer than `room`. */
  readonly details: (shown: DetailsShown, room: number) => string | null;
  readonly after: (extent: Extent) => readonly Section[];
}

/** What is equal in every extent is worked out at once, the rest when it is first asked for. */
export function sectionsOf(view: View, progress: Progress, appVersion: string): Sections {
  const verdict = renderVerdict(view, progress);
  const needs = needsOf(view, progress);
  const rows = subagentRows(progress.standings);
  const dependencies = once((detail: GraphDetail) => renderDependencies(view, detail));
  const timeline = once((withChart: boolean) => renderTimeline(view, progress, withChart));
  const checklist = once((max: number | null) => renderChecklist('checklist', view, progress, max));
  const success = once((max: number | null) => renderChecklist('success', view, progress, max));
  const risks = once(() => renderRisks(view));
  const notes = once(() => renderNotes(view));
  const batch = once(() => renderBatch(view, progress.standings));
  const commands = once((ofEach: boolean, withBatch: boolean) =>
    renderCommands(view, ofEach, withBatch ? batch() : null),
  );
  const communication = once(() => renderCommunication(view));
  const leftOut = () => {
    if (communication() !== '') return 'Risks, notes and communication are left out, for length.';
    return hasRisks(view) || hasNotes(view) ? 'Risks and notes are left out, for length.' : '';
  };
  return {
    table: once((withMerged: boolean) => subagentTable(rows, withMerged)),
    details: createDetails(view, progress.standings),
    before: (extent, table) => [
      () => verdict,
      () => renderNeedsYou(needs, extent.needs),
      () => table,
      () => dependencies(extent.graph),
      () => timeline(extent.chart),
    ],
    after: ({ extras, items, batch: withBatch }) => [
      () => checklist(items),
      () => (extras ? risks() : ''),
      () => success(items),
      () => (extras ? notes() : ''),
      () => (extras ? communication() : ''),
      () => commands(extras, withBatch),
      () => (extras ? '' : leftOut()),
      () => renderFoot(view, appVersion),
    ],
  };
}

/** Works out what it is asked for once for all arguments that look alike. */
function once<Given extends readonly (string | number | boolean | null)[], Made>(
  make: (...given: Given) => Made,
): (...given: Given) => Made {
  const known = new Map<string, Made>();
  return (...given) => {
    const key = given.join(' ');
    const made = known.get(key);
    if (made !== undefined) return made;
    const fresh = make(...given);
    known.set(key, fresh);
    return fresh;
  };
}
