#!/usr/bin/env node
/**
 * Plants the bugs of mutants.json, one at a time, in a copy of the code, and tells which test notices. Exit code 1 if one
 * is noticed by no test that it names, or if its text is not found exactly once. The working tree is not touched.
 * Usage: node scripts/mutants.mjs [words of those to plant]
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** What the tests of the core need. */
const COPIED = ['src', 'test/core', 'test/support', 'schema', 'jest.config.js', 'package.json'];
/** A bug may make a test run for ever; all tests without one take longer than those of one bug (ms). */
const TIMEOUT = 60_000;
const TIMEOUT_OF_ALL = 5 * TIMEOUT;

async function makeCopy() {
  const copy = await realpath(await mkdtemp(join(tmpdir(), 'mutants-')));
  for (const path of COPIED) await cp(join(ROOT, path), join(copy, path), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Runs tests in a copy: the files of which a test fails, and why they could not be run; null if they could. */
async function run(copy, tests, timeout = TIMEOUT) {
  if (tests.length === 0) return { red: [], broken: null };
  const output = join(copy, 'result.json');
  await rm(output, { force: true });
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jest = ['node_modules/jest/bin/jest.js', '-i', '--ci', '--silent', '--reporters=default'];
  const files = [`--cacheDirectory=${join(copy, 'cache')}`, '--json', `--outputFile=${output}`];
  const args = [...flags, ...jest, ...files, '--runTestsByPath', ...tests];
  await new Promise((done) => {
    execFile(process.execPath, args, { cwd: copy, timeout, killSignal: 'SIGKILL' }, done);
  });
  const text = await readFile(output, 'utf8').catch(() => null);
  if (text === null) return { red: [], broken: 'the tests did not come to an end' };
  const results = JSON.parse(text).testResults;
  const red = results.filter((file) => file.assertionResults.some(({ status }) => status === 'failed'));
  const broken = results.find((file) => file.assertionResults.length === 0);
  return { red: red.map(({ name }) => relative(copy, name)), broken: broken?.message ?? null };
}

/** What became of one planted bug: a line to print, and whether the tests did what they are for. */
async function plant(copy, { file, search, replace, tests }) {
  const path = join(copy, file);
  const whole = await readFile(path, 'utf8');
  const count = whole.split(search).length - 1;
  if (count !== 1) return { killed: false, how: `NOT PLANTED: its text is in ${file} ${count} times` };
  try {
    await writeFile(
      path,
      whole.replace(search, () => replace),
    );
    const { red, broken } = await run(copy, tests);
    if (broken !== null) return { killed: false, how: `BROKEN: ${broken.trim().split('\n')[0]}` };
    if (!tests.every((test) => red.includes(test))) return { killed: false, how: 'SURVIVED' };
    return { killed: true, how: `killed by ${red.join(', ')}` };
  } finally {
    await writeFile(path, whole);
  }
}

const words = process.argv.slice(2).join(' ');
const all = JSON.parse(await readFile(join(ROOT, 'scripts/mutants.json'), 'utf8'));
const mutants = all.filter(({ bug }) => bug.includes(words));
const copies = await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, makeCopy));
try {
  const tests = [...new Set(mutants.flatMap((mutant) => mutant.tests))];
  const shares = copies.map((_, share) => tests.filter((_, index) => index % copies.length === share));
  const sound = await Promise.all(copies.map((copy, share) => run(copy, shares[share], TIMEOUT_OF_ALL)));
  for (const { red, broken } of sound) {
    if (red.length === 0 && broken === null) continue;
    throw new Error(`Without any bug there fails: ${red.join(', ')} ${broken ?? ''}`);
  }
  const waiting = [...mutants];
  let killed = 0;
  async function work(copy) {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const result = await plant(copy, mutant);
      if (result.killed) killed += 1;
      console.log(`${result.how}: ${mutant.bug}`);
    }
  }
  await Promise.all(copies.map(work));
  console.log(`\n${killed} killed, ${mutants.length - killed} survived`);
  if (killed < mutants.length || mutants.length === 0) process.exitCode = 1;
} finally {
  await Promise.all(copies.map((copy) => rm(copy, { recursive: true })));
}
