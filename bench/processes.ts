/** How long `yardmaster sandbox` takes to be up, and to be gone again: `npm run bench`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { claim, machine, median } from './measure.js';

const LAUNCHER = fileURLToPath(new URL('../../../bin/yardmaster.js', import.meta.url));
const RUNS = 5;
/** What outside tools may count on (ms). */
const UP_WITHIN = 10_000;
const GONE_WITHIN = 5_000;

interface Times {
  readonly up: number;
  readonly gone: number;
}

async function startAndStop(folder: string, run: number): Promise<Times> {
  const file = join(folder, `info-${run}.json`);
  const began = performance.now();
  const child = spawn(process.execPath, [LAUNCHER, 'sandbox', '--info', file], { stdio: 'ignore' });
  while (!existsSync(file)) {
    if (child.exitCode !== null) throw new Error(`the sandbox ended with ${child.exitCode} before it was up`);
    await sleep(5);
  }
  const up = performance.now() - began;
  const asked = performance.now();
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { up, gone: performance.now() - asked };
}

const folder = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  const times: Times[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await startAndStop(folder, run));
  const up = median(times.map((each) => each.up));
  const gone = median(times.map((each) => each.gone));
  const slowest = Math.max(...times.map((each) => each.up));
  console.log(machine());
  console.log(
    `\`yardmaster sandbox\`, ${RUNS} times: up after ${up.toFixed(0)} ms (the slowest ${slowest.toFixed(0)}),`,
  );
  console.log(`gone ${gone.toFixed(0)} ms after SIGTERM\n`);
  claim(slowest <= UP_WITHIN, `it is up within ${UP_WITHIN / 1000} s`);
  claim(
    Math.max(...times.map((each) => each.gone)) <= GONE_WITHIN,
    `it is gone within ${GONE_WITHIN / 1000} s`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
