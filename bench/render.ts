/**
 * How long the tracking issue takes to render. Prints only; the exit code is 1 if the claim does not hold. Times depend on
 * the machine and on what else it does, so no test and no CI rests on them.
 */
import { type Snapshot, read } from '../src/core/model/index.js';
import { createPhrases } from '../src/core/reasons/tree.js';
import { renderTracker } from '../src/core/tracking/tracker.js';
import { judge } from '../test/support/view-builder.js';
import { EDGES_EACH, aDeployment } from './deployment.js';
import { claim, machine, median, timesOf } from './measure.js';

const SIZES = [1, 4, 50, 200, 500] as const;
/** Runs that are not counted, and runs that are: as many as there is time for (ms). */
const WARM_UP = { least: 2, most: 100, within: 2_000 };
const COUNTED = { least: 9, most: 101, within: 3_000 };
/** The claim: for the largest, in ms by the clock, of the fastest run: what others do on the machine only adds to it. */
const MOST = 50;

/** Everything that the settings can add to the body, at common lengths. */
const CONFIG = JSON.stringify({
  phases: ['30min', 'effort', '4-6h', '3-4h'].map((duration, index) => ({
    name: `Phase ${index}`,
    duration,
  })),
  checklist: [...items('Before'), { auto: 'branches' }, { auto: 'configuration' }, { auto: 'dependencies' }],
  success: [...items('After'), { auto: 'checks' }, { auto: 'merged' }, { check: 'build' }],
  risks: items('Risk').map((risk) => ({ risk, mitigation: 'A dry run on a copy of the data' })),
  notes: items('Note'),
  stakeholders: items('Team').map((name) => ({ name, why: 'They answer the questions', when: ['merged'] })),
});

function items(what: string): readonly string[] {
  return Array.from({ length: 10 }, (_, index) => `${what} ${index}, in words of a common length`);
}

/** Nothing of it is remembered from one time to the next. */
function renderOf(snapshot: Snapshot): () => string {
  const { view, progress } = judge({ ...snapshot, config: read(CONFIG) });
  return () => renderTracker(view, { ...progress, phrases: createPhrases() }, 'bench').body;
}

function main(): void {
  console.log(machine());
  console.log(
    `The body of the tracking issue, with ${EDGES_EACH} dependencies for each subagent; warmed up, in ms\n`,
  );
  const row = (cells: readonly string[]) => console.log(cells.map((cell) => cell.padStart(11)).join(''));
  row(['subagents', 'fastest', 'median', 'characters']);
  let last = NaN;
  for (const size of SIZES) {
    const render = renderOf(aDeployment(size));
    timesOf(render, WARM_UP);
    const times = timesOf(render, COUNTED).map(({ clock }) => clock);
    last = Math.min(...times);
    row([String(size), last.toFixed(1), median(times).toFixed(1), String(render().length)]);
  }
  console.log('');
  claim(
    last < MOST,
    `rendering ${SIZES.at(-1)} subagents takes ${last.toFixed(1)} ms; wanted are less than ${MOST}`,
  );
}

main();
