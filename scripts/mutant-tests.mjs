/**
 * Runs tests for mutants.mjs, again and again in one process: to start Node and Jest anew for each planted bug would take
 * longer than its tests. Is told which by messages, and answers each with what failed.
 */
import { fileURLToPath } from 'node:url';

import { runCLI } from 'jest';

const pathOf = (file) => fileURLToPath(new URL(file, import.meta.url));

process.on('message', ({ copy, tests, only }) => {
  void answer(copy, tests, only);
});

function asPattern(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

async function answer(copy, tests, only) {
  try {
    const flags = {
      runInBand: true,
      watchman: false,
      ci: true,
      silent: true,
      reporters: [],
      runTestsByPath: true,
      ...(only !== undefined && { testNamePattern: only.map(asPattern).join('|') }),
      _: tests,
    };
    // That a property fails is enough: nobody reads the smallest example.
    const setupFiles = [pathOf('first-failure.js')];
    const testEnvironment = pathOf('first-failure-environment.js');
    const cacheDirectory = `${copy}/cache`;
    const { results } = await runCLI({ ...flags, setupFiles, testEnvironment, cacheDirectory, $0: 'jest' }, [
      copy,
    ]);
    const files = results.testResults.map(({ testFilePath, testResults, failureMessage }) => ({
      path: testFilePath,
      failed: testResults.some(({ status }) => status === 'failed'),
      // Of a file that could not be loaded there are no results at all.
      broken: testResults.length === 0 ? (failureMessage ?? 'it has no tests') : null,
    }));
    process.send({ files });
  } catch (error) {
    process.send({ files: [], problem: String(error) });
  }
}
