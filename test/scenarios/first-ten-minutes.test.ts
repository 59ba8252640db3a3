import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import {
  approve,
  createCi,
  filesOnMain,
  landed,
  mainLog,
  mergeAll,
  untilQuiet,
  workOn,
} from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

/** What many repositories look like: squash only, one review, stale ones dismissed, one check that counts. */
const TYPICAL = smallSeed({
  issues: [{ number: 1, blocked_by: [2] }, { number: 2 }],
  protection: {
    required_checks: [{ context: 'test', app: 'ci' }],
    approvals: 1,
    dismiss_stale: true,
  },
  methods: ['squash'],
});

describe('the first ten minutes on a typical repository', () => {
  let sandbox: Sandbox;
  let drafts: Loose[];
  let waiting: Loose;
  let reviews: number;

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: TYPICAL });
    await sandbox.deploy(1, 2);
    drafts = await sandbox.pulls();
    await workOn(sandbox, [1, 2]);
    waiting = await sandbox.gateOf(1);
    const ci = createCi(sandbox, {
      report: () => ({ test: 'success', 'spell-check': 'failure' }),
      base: { test: 'success', 'spell-check': 'failure' },
    });
    await ci.run();
    await approve(sandbox, 'maintainer', 1, 2);
    await mergeAll(sandbox);
    await untilQuiet(sandbox, ci);
    const all = await Promise.all(
      (await sandbox.pulls()).map((pull) => sandbox.repo('admin', 'GET', `/pulls/${pull.number}/reviews`)),
    );
    reviews = all.flat().length;
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('give a draft to each labelled issue', () => {
    expect(drafts.map(({ draft, state }) => [draft, state])).toEqual([
      [true, 'open'],
      [true, 'open'],
    ]);
  });

  test('say on the dependent what it waits for', () => {
    expect(waiting.status).toBe('in_progress');
    expect(waiting.output.title).toMatch(/^Waits for #2 \(pull request #\d+\)$/);
  });

  test('land both in the order of the graph by one approval each, whatever the optional check says', async () => {
    expect(await landed(sandbox)).toEqual([2, 1]);
    expect(reviews).toBe(2);
    const titles = (await mainLog(sandbox)).map(({ title }) => title);
    expect(titles.slice(-2)).toEqual([
      expect.stringMatching(/^Fix: Issue #2 - Part 2 \(#\d+\)$/),
      expect.stringMatching(/^Fix: Issue #1 - Part 1 \(#\d+\)$/),
    ]);
  });

  test('leave everything clean', async () => {
    expect(await sandbox.branches()).toEqual(['main']);
    expect(await filesOnMain(sandbox)).toEqual(['README.md', 'issue-1.py', 'issue-2.py']);
    const states = await Promise.all([1, 2].map(async (issue) => (await sandbox.issue(issue)).state));
    expect(states).toEqual(['closed', 'closed']);
    expect(await sandbox.tracker()).toMatchObject({
      state: 'closed',
      title: expect.stringContaining('complete'),
    });
  });
});
