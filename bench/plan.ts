/**
 * How long planning takes. Prints only; the exit code is 1 if a claim does not hold. Times depend on the machine and on
 * what else it does, so no test and no CI rests on them.
 */
import { buildGraph } from '../src/core/graph/graph.js';
import { type Snapshot, read } from '../src/core/model/index.js';
import { planGates } from '../src/core/plan/gates.js';
import { plan } from '../src/core/plan/plan.js';
import { createPhrases } from '../src/core/reasons/tree.js';
import { renderTracker } from '../src/core/tracking/tracker.js';
import { configInForce } from '../src/core/view/config-in-force.js';
import { progressOf } from '../src/core/view/progress.js';
import { viewOf } from '../src/core/view/view.js';
import { NOW, digest } from '../test/support/view-builder.js';
import { EDGES_EACH, afterOneMerge } from './deployment.js';
import { claim, exponentOf, machine, median, timesOf } from './measure.js';

const SIZES = [1_000, 2_000, 5_000, 10_000] as const;
/** Runs that are not counted, and runs of which the median counts: as many as there is time for (ms). */
const WARM_UP = { least: 1, most: 100, within: 4_000 };
const COUNTED = { least: 3, most: 31, within: 3_000 };
/** The claims: of `decide`, for 1,000 subagents, in ms by the clock; and of all, how the time grows with their number. */
const MOST = 50;
/**
 * Where 1 is linear and 2 quadratic. What is sorted grows by 1.1 in this range, and what no longer fits into the caches
 * of the processor, and makes the garbage collector move more, by some tenths more.
 */
const STEEPEST = 1.4;

/** What is measured, by the name under which it is printed. */
function parts(snapshot: Snapshot): Readonly<Record<string, () => unknown>> {
  const config = configInForce(snapshot);
  if (config === null) throw new Error('the config of the snapshot cannot be read');
  const view = viewOf(snapshot, config, NOW, digest);
  const progress = progressOf(view);
  const { settings } = config;
  const { askers } = view;
  const home = snapshot.repository.name;
  const input = { home, settings, named: snapshot.named, mayFree: () => read(true), askers, digest };
  return {
    decide: () => {
      const graph = buildGraph(view.members, input);
      return [graph, planGates(view, progressOf(view))];
    },
    judge: () => viewOf(snapshot, config, NOW, digest),
    // Anew each time: what was said is not said again.
    'word gates': () => planGates(view, { ...progress, phrases: createPhrases() }),
    'word issue': () => renderTracker(view, progress, 'bench'),
    'whole plan': () =>
      plan({ snapshot, now: NOW, digest, appVersion: 'bench', refusals: [], refused: new Set() }),
  };
}

const MEANINGS = [
  'decide:     edges, merge order, cycles, shares, overlaps, the reasons of every gate, what lands next, the verdict of',
  '            every open pull request with its summary, and which of them are to be written',
  'judge:      approvals, roles, records and the text of every issue; its time includes the graph again',
  'word gates: of that, the verdicts and which are to be written',
  'word issue: the body of the tracking issue',
  'whole plan: all of it once, as one reconcile does after reading GitHub',
];

/** Of the clock: the median and the fastest run; the difference is mostly the doing of other programs. */
interface Time {
  readonly median: number;
  readonly fastest: number;
  /** The median of the time of the processor, with that of the garbage collector beside. */
  readonly processor: number;
}

function timeOf(work: () => unknown): Time {
  timesOf(work, WARM_UP);
  const times = timesOf(work, COUNTED);
  const clock = times.map((time) => time.clock);
  const processor = median(times.map((time) => time.processor));
  return { median: median(clock), fastest: Math.min(...clock), processor };
}

function exponentOfMedians(times: readonly Time[]): number {
  return exponentOf(
    SIZES,
    times.map((time) => time.median),
  );
}

function main(): void {
  console.log(machine());
  console.log('A deployment whose gates said what they should, right after one more merge.');
  console.log(`${EDGES_EACH} dependencies each; median of up to ${COUNTED.most} runs, warmed up, in ms\n`);
  console.log(MEANINGS.join('\n'));

  const times = new Map<string, Time[]>();
  for (const size of SIZES) {
    for (const [name, work] of Object.entries(parts(afterOneMerge(size)))) {
      times.set(name, [...(times.get(name) ?? []), timeOf(work)]);
    }
  }

  const row = (cells: readonly string[]) => console.log(cells.map((cell) => cell.padStart(11)).join(''));
  console.log('');
  row(['subagents', ...SIZES.map(String), 'exponent']);
  for (const [name, each] of times) {
    row([name, ...each.map((time) => time.median.toFixed(1)), exponentOfMedians(each).toFixed(2)]);
  }

  const decide = times.get('decide')?.[0] ?? { median: NaN, fastest: NaN, processor: NaN };
  const [took, processor, fastest] = [decide.median, decide.processor, decide.fastest].map((time) =>
    time.toFixed(1),
  );
  const over = Math.ceil((decide.median / MOST - 1) * 100);
  const compared = decide.median < MOST ? `less than ${MOST} ms` : `${over} % above ${MOST} ms`;
  const missed = [...times]
    .filter(([, each]) => !(exponentOfMedians(each) <= STEEPEST))
    .map(([name]) => name);
  console.log('');
  claim(
    decide.median < MOST,
    `deciding for ${SIZES[0]} subagents takes ${took} ms, ${compared} (${processor} ms of the processor, the fastest run ${fastest})`,
  );
  claim(
    missed.length === 0,
    `no exponent is above ${STEEPEST}${missed.map((name) => `, but ${name}`).join('')}`,
  );
}

main();
