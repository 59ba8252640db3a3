/** What both benches measure with, so that their figures mean the same. */
import { cpus, loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';

/** One run, in ms. */
export interface Run {
  readonly clock: number;
  /** With that of the garbage collector beside. */
  readonly processor: number;
}

/** How many runs: as many as there is time for (ms), between the least and the most. */
export interface Limits {
  readonly least: number;
  readonly most: number;
  readonly within: number;
}

export function timesOf(work: () => unknown, { least, most, within }: Limits): readonly Run[] {
  const times: Run[] = [];
  for (let spent = 0; times.length < most && (times.length < least || spent < within);) {
    const before = process.cpuUsage();
    const begin = performance.now();
    work();
    const clock = performance.now() - begin;
    const { user, system } = process.cpuUsage(before);
    times.push({ clock, processor: (user + system) / 1_000 });
    spent += clock;
  }
  return times;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** The slope of the line through the logarithms of sizes and times: 1 for what is linear, 2 for what is quadratic. */
export function exponentOf(sizes: readonly number[], times: readonly number[]): number {
  const [xs, ys] = [sizes.map(Math.log), times.map(Math.log)];
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  const covariance = xs.reduce((sum, each, index) => sum + (each - x) * ((ys[index] ?? NaN) - y), 0);
  return covariance / xs.reduce((sum, each) => sum + (each - x) ** 2, 0);
}

/** The machine, on one line. */
export function machine(): string {
  const processors = `${cpus()[0]?.model ?? 'unknown processor'} (${cpus().length})`;
  return `node ${process.version}, ${processors}, load ${loadavg()[0]?.toFixed(1)}`;
}

/** Prints whether a claim holds; the exit code is 1 if one does not. */
export function claim(holds: boolean, words: string): void {
  console.log(`${holds ? 'holds ' : 'MISSED'}  ${words}`);
  if (!holds) process.exitCode = 1;
}
