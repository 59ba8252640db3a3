import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { rulesOf } from '../support/landing-worlds.js';
import { approve, createCi, landed, ownFile, untilQuiet } from '../support/landing.js';
import { type Push, pushesOf } from '../support/pushes.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

describe.each([
  [3, 'is protected', rulesOf({ method: 'fast-forward' })],
  [6, 'has no rules', {}],
] as const)(
  'landing %i approved pull requests that are independent, by fast-forward on a base that %s',
  (n, _, rules) => {
    const issues = Array.from({ length: n }, (_, index) => index + 1);
    let sandbox: Sandbox;
    let tested: readonly string[];
    /** Since the heads that were approved. */
    let pushed: readonly Push[];
    /** What testing took: while the second is tested anew, and in the end. */
    const hours: (string | undefined)[] = [];

    beforeAll(async () => {
      const merge = { when: 'approved', method: 'fast-forward', checks: ['test'] };
      const phases = [{ name: 'Testing', duration: '1h', until: 'checks' }];
      const config = { 'task-file': { keep: true }, merge, phases };
      sandbox = await startSandbox({
        seed: smallSeed({ issues: issues.map((number) => ({ number })), config, ...rules }),
      });
      await sandbox.deploy(...issues);
      for (const issue of issues) await sandbox.work(issue, ownFile(issue));
      for (const issue of issues) await sandbox.comment('writer', issue, '/ready');
      const ci = createCi(sandbox);
      await sandbox.advance('PT1H');
      await ci.run();
      const before = (await pushesOf(sandbox)).length;
      await approve(sandbox, 'maintainer', ...issues);
      // The first has landed, and the update of the second is under test for a while.
      await sandbox.advance('PT40M');
      hours.push(await hoursOf(sandbox));
      await untilQuiet(sandbox, ci);
      ({ tested } = ci);
      pushed = (await pushesOf(sandbox)).slice(before);
      hours.push(await hoursOf(sandbox));
    }, 120_000);
    afterAll(() => sandbox.stop());

    test('costs one test run for each but the first, and not one for each that waits', async () => {
      const runs = pushed.filter(({ branch, head }) => branch !== 'main' && head !== null);
      expect({ n, runs: runs.length }).toEqual({ n, runs: n - 1 });
      expect(tested.slice(n)).toEqual(runs.map(({ head }) => head));
    });

    test('does not make the tests last longer than until all were green for the first time', () => {
      expect(hours).toEqual(['1h', '1h']);
    });

    test('puts on the base the very commits that were tested, one landing a push', async () => {
      expect(await landed(sandbox)).toEqual(issues);
      const pulls: readonly Loose[] = await Promise.all(issues.map((issue) => sandbox.pullOf(issue)));
      const bases = pushed.flatMap(({ branch, head }) => (branch === 'main' ? [head] : []));
      expect(bases).toEqual(pulls.map(({ head }) => head.sha));
      expect(tested).toEqual(expect.arrayContaining(bases));
    });
  },
);

/** The hours that the tracking issue says testing has taken. */
async function hoursOf(sandbox: Sandbox): Promise<string | undefined> {
  const { body } = await sandbox.tracker();
  return /^\| Testing \| 1h \| (.*?) \|/m.exec(body)?.[1];
}
