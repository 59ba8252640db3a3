#!/usr/bin/env node
/**
 * Plants the bugs of mutants.json, one at a time, in a copy of the code, and tells which test notices. Exit code 1 if one
 * is noticed by no test that it names, or if its text is not found exactly once. The working tree is not touched. Where a
 * file of tests takes long, `only` says which of them are run, by their names or parts of them.
 * Usage: node scripts/mutants.mjs [--after-tests] [words of those to plant]
 */
import { fork } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** What the tests of the core and of the app's memory need. */
const COPIED = [
  'src',
  'test/core',
  'test/app',
  'test/support',
  'bench/deployment.ts',
  'schema',
  'jest.config.js',
  'package.json',
];
/** A bug may make a test run for ever; all tests without one take longer than those of one bug (ms). */
const TIMEOUT = 60_000;
const TIMEOUT_OF_ALL = 5 * TIMEOUT;
/** Jest never frees the modules of earlier tests, and a large process is slow: after so many bugs a new one takes over. */
const MOST_RUNS = 20;

async function makeCopy() {
  const copy = await realpath(await mkdtemp(join(tmpdir(), 'mutants-')));
  for (const path of COPIED) await cp(join(ROOT, path), join(copy, path), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** A process that runs tests, one after the other; it is ended by a test that does not come to an end. */
function createRunner(copy) {
  let child;
  let runs = 0;

  function start() {
    const execArgv = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    const options = { cwd: copy, execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] };
    return fork(join(ROOT, 'scripts/mutant-tests.mjs'), [], options);
  }

  /** The files of which a test fails, and why they could not be run; null if they could. */
  async function run(tests, { only, timeout = TIMEOUT } = {}) {
    if (tests.length === 0) return { red: [], broken: null };
    if (runs === MOST_RUNS) stop();
    child ??= start();
    runs += 1;
    const running = child;
    const { files, problem } = await new Promise((resolve) => {
      const end = (answer) => {
        clearTimeout(timer);
        running.removeAllListeners();
        resolve(answer);
      };
      const timer = setTimeout(() => running.kill('SIGKILL'), timeout);
      running.once('message', end);
      running.once('exit', () => {
        child = undefined;
        end({ files: [], problem: 'the tests did not come to an end' });
      });
      running.send({ copy, tests, only });
    });
    if (problem !== undefined) return { red: [], broken: problem };
    const broken = files.find((file) => file.broken !== null)?.broken ?? null;
    const missing = files.length < tests.length ? 'not all tests were found' : null;
    const red = files.filter(({ failed }) => failed).map(({ path }) => relative(copy, path));
    return { red, broken: broken ?? missing };
  }

  function stop() {
    child?.kill();
    child = undefined;
    runs = 0;
  }

  return { copy, run, stop };
}

/** What became of one planted bug: a line to print, and whether the tests did what they are for. */
async function plant({ copy, run }, { file, search, replace, tests, only }) {
  const path = join(copy, file);
  const whole = await readFile(path, 'utf8');
  const count = whole.split(search).length - 1;
  if (count !== 1) return { killed: false, how: `NOT PLANTED: its text is in ${file} ${count} times` };
  try {
    await writeFile(
      path,
      whole.replace(search, () => replace),
    );
    const { red, broken } = await run(tests, { only });
    if (broken !== null) return { killed: false, how: `BROKEN: ${broken.trim().split('\n')[0]}` };
    if (!tests.every((test) => red.includes(test))) return { killed: false, how: 'SURVIVED' };
    return { killed: true, how: `killed by ${red.join(', ')}` };
  } finally {
    await writeFile(path, whole);
  }
}

/** Said where the tests have just passed: they are not tried without a bug first. */
const AFTER_TESTS = '--after-tests';
const isAfterTests = process.argv.includes(AFTER_TESTS);
const words = process.argv
  .slice(2)
  .filter((word) => word !== AFTER_TESTS)
  .join(' ');
const all = JSON.parse(await readFile(join(ROOT, 'scripts/mutants.json'), 'utf8'));
const mutants = all.filter(({ bug }) => bug.includes(words));
const copies = await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, makeCopy));
const runners = copies.map(createRunner);
try {
  const tests = isAfterTests ? [] : [...new Set(mutants.flatMap((mutant) => mutant.tests))];
  const shares = copies.map((_, share) => tests.filter((_, index) => index % copies.length === share));
  const sound = await Promise.all(
    runners.map(({ run }, share) => run(shares[share], { timeout: TIMEOUT_OF_ALL })),
  );
  for (const { red, broken } of sound) {
    if (red.length === 0 && broken === null) continue;
    throw new Error(`Without any bug there fails: ${red.join(', ')} ${broken ?? ''}`);
  }
  const waiting = [...mutants];
  let killed = 0;
  async function work(runner) {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const result = await plant(runner, mutant);
      if (result.killed) killed += 1;
      console.log(`${result.how}: ${mutant.bug}`);
    }
  }
  await Promise.all(runners.map(work));
  console.log(`\n${killed} killed, ${mutants.length - killed} survived`);
  if (killed < mutants.length || mutants.length === 0) process.exitCode = 1;
} finally {
  for (const { stop } of runners) stop();
  await Promise.all(copies.map((copy) => rm(copy, { recursive: true })));
}
