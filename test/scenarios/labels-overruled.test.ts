import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createCi, landed, mergeAll, untilQuiet, workOn } from '../support/landing.js';
import { type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const DEPLOY = 'deploy-subagent';
const HOLD = 'subagent:hold';
const MERGE = 'subagent:merge';
const FREEZE = 'subagent:freeze';

let sandbox: Sandbox;

describe('while a label that somebody may not set or remove is not put back yet', () => {
  let ci: ReturnType<typeof createCi>;

  const titles = () =>
    Promise.all([1, 2, 3].map(async (issue) => (await sandbox.gateOf(issue)).output.title as string));

  /** GitHub lets the bot put labels and take them off no more, and says why. */
  const noLabels = (): Promise<void> =>
    sandbox.faults({
      requests: ['issues/add-labels', 'issues/remove-label'].map((operation) => ({
        match: { operation },
        when: 'before',
        answer: { status: 403, body: { message: 'Not now' } },
        times: 1000,
      })),
    });

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({ issues: [{ number: 1 }, { number: 2 }, { number: 3 }] }),
    });
    await sandbox.deploy(1, 2, 3);
    ci = createCi(sandbox);
    await workOn(sandbox, [1, 2, 3]);
    const tracker = (await sandbox.tracker()).number;
    await sandbox.label('maintainer', tracker, FREEZE);
    await sandbox.label('writer', 2, HOLD);
    await mergeAll(sandbox);
    await sandbox.unlabel('writer', 1, MERGE);
    await untilQuiet(sandbox, ci);
    await noLabels();
    await sandbox.unlabel('writer', tracker, FREEZE);
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('what somebody with write has unfrozen does not land', async () => {
    expect(await titles()).toEqual(['Frozen by grace', 'On hold by linus and 1 more', 'Frozen by grace']);
    expect(await landed(sandbox)).toEqual([]);
    await sandbox.faults({});
    await sandbox.advance('PT10M');
    const tracker = (await sandbox.tracker()).number;
    expect(await sandbox.labels(tracker)).toEqual([FREEZE, 'subagent:tracking']);
    expect(await sandbox.comments(tracker)).toEqual([
      '/merge all',
      expect.stringMatching(
        /^`linus` removed the label `subagent:freeze` with the \*write\* role.*put it back/,
      ),
    ]);
  });

  test('what somebody with triage wants to land, or holds no more, does not land; the rest does', async () => {
    await noLabels();
    await sandbox.label('triager', 1, MERGE);
    await sandbox.unlabel('triager', 2, HOLD);
    await sandbox.unlabel('maintainer', (await sandbox.tracker()).number, FREEZE);
    await untilQuiet(sandbox, ci);
    expect(await landed(sandbox)).toEqual([3]);
    expect(await sandbox.labels(1)).toContain(MERGE);
    expect(await sandbox.labels(2)).not.toContain(HOLD);
    expect((await titles())[1]).toBe('On hold by linus');
    await sandbox.faults({});
    await sandbox.advance('PT10M');
    expect([await sandbox.labels(1), await sandbox.labels(2)]).toEqual([[DEPLOY], [DEPLOY, HOLD, MERGE]]);
    expect(await landed(sandbox)).toEqual([3]);
  });
});
