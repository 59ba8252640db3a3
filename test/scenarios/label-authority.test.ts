import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Digest, difference, digestOf } from '../support/digest.js';
import { type Sandbox, type Who, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const LOGINS = { triager: 'tove', writer: 'linus', helper: 'helper[bot]', stray: 'stray[bot]' } as const;
const ROLES = { triager: 'triage', writer: 'write', helper: 'write', stray: 'none' } as const;
type Hand = keyof typeof LOGINS;
type Deed = 'put' | 'removed';

const DEPLOY = 'deploy-subagent';
const HOLD = 'subagent:hold';
const MERGE = 'subagent:merge';
const SHARES = 'shares:core.py';
const FREEZE = 'subagent:freeze';
const PAUSE = 'subagent:pause';
const FREE = 'merge-order success, Free to merge: nothing to wait for';

const HELD = 'merge-order in_progress, On hold';

const CONFIG = { allow: { bots: ['helper[bot]'] } };

let sandbox: Sandbox;
let before: Digest;

async function byHand(who: Who, deed: Deed, number: number, label: string): Promise<void> {
  await (deed === 'put' ? sandbox.label(who, number, label) : sandbox.unlabel(who, number, label));
}

/** What is different on GitHub once the bot has seen it, and two sweeps have passed. */
async function differenceNow(): Promise<string[]> {
  await sandbox.settle();
  await sandbox.advance('PT10M');
  const after = await digestOf(sandbox);
  const found = difference(before, after);
  before = after;
  return found;
}

function putBack(who: Hand, deed: Deed, label: string): string {
  const undone = deed === 'put' ? 'taken it off again' : 'put it back';
  return (
    `yardmaster[bot]: \`${LOGINS[who]}\` ${deed} the label \`${label}\` with the *${ROLES[who]}* role, which is not enough for that, ` +
    `so I have ${undone}. \`/subagent help\` says which role a command needs.`
  );
}

function notDeployed(who: string): string {
  return (
    `yardmaster[bot]: This issue is not deployed: ${who}, and \`${DEPLOY}\` needs *write*. I have taken the label off. ` +
    'Somebody with write can read the issue and put it on again.'
  );
}

/** Whose hand does not count, on an issue each. */
const OVERRULED: readonly (readonly [label: string, deed: Deed, who: Hand])[] = [
  [DEPLOY, 'removed', 'triager'],
  [DEPLOY, 'removed', 'stray'],
  [HOLD, 'put', 'stray'],
  [HOLD, 'removed', 'triager'],
  [HOLD, 'removed', 'stray'],
  [MERGE, 'put', 'triager'],
  [MERGE, 'put', 'stray'],
  [MERGE, 'removed', 'triager'],
  [MERGE, 'removed', 'stray'],
  [SHARES, 'removed', 'triager'],
  [SHARES, 'removed', 'stray'],
];

/** On the tracking issue, one after the other. */
const OVERRULED_ON_TRACKER: readonly (readonly [label: string, who: Hand])[] = [
  [FREEZE, 'triager'],
  [FREEZE, 'writer'],
  [FREEZE, 'helper'],
  [FREEZE, 'stray'],
  [PAUSE, 'triager'],
  [PAUSE, 'stray'],
];

/** Issues that are not deployed: one is to stay so. */
const BY_TRIAGE = 21;
const BY_STRAY = 22;
const BY_LISTED = 23;

describe('a label by the hand of', () => {
  let tracker: number;

  beforeAll(async () => {
    const issues = Array.from({ length: BY_LISTED }, (_, index) => ({ number: index + 1 }));
    sandbox = await startSandbox({ seed: smallSeed({ issues, bots: ['helper', 'stray'], config: CONFIG }) });
    for (const name of [HOLD, MERGE, SHARES, FREEZE, PAUSE]) {
      await sandbox.repo('admin', 'POST', '/labels', { name, color: 'ededed' });
    }
    for (const [index, [label, deed]] of OVERRULED.entries()) {
      if (deed === 'removed' && label !== DEPLOY) await sandbox.label('admin', index + 1, label);
    }
    for (const [number, label] of [
      [13, HOLD],
      [15, MERGE],
      [17, SHARES],
    ] as const) {
      await sandbox.label('admin', number, label);
    }
    await sandbox.deploy(...issues.map(({ number }) => number).filter((number) => number < BY_TRIAGE));
    await sandbox.advance('PT1M');
    tracker = (await sandbox.tracker()).number;
    before = await digestOf(sandbox);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('somebody who may not is put back as it was: one comment each, and nothing else is different', async () => {
    for (const [index, [label, deed, who]] of OVERRULED.entries()) await byHand(who, deed, index + 1, label);
    await byHand('triager', 'put', BY_TRIAGE, DEPLOY);
    await byHand('stray', 'put', BY_STRAY, DEPLOY);
    const found = await differenceNow();
    expect(found).toEqual(
      [
        // A hold that the app has put itself has no name any more.
        ...[4, 5].flatMap((number) => [
          `- pull of ${number}: ${HELD} by ada`,
          `+ pull of ${number}: ${HELD}`,
        ]),
        '~ tracking issue: text',
        ...OVERRULED.map(([label, deed, who], index) => `+ #${index + 1}: ${putBack(who, deed, label)}`),
        `+ #${BY_TRIAGE}: ${notDeployed('`tove` has the *triage* role')}`,
        `+ #${BY_STRAY}: ${notDeployed('`stray[bot]` is a bot that the configuration does not list')}`,
      ].sort(),
    );
  });

  test('somebody who may counts', async () => {
    await byHand('triager', 'put', 12, HOLD);
    await byHand('helper', 'removed', 13, HOLD);
    await byHand('helper', 'put', 14, MERGE);
    await byHand('writer', 'removed', 15, MERGE);
    await byHand('stray', 'put', 16, SHARES);
    await byHand('writer', 'removed', 17, SHARES);
    await byHand('helper', 'removed', 18, DEPLOY);
    await byHand('helper', 'put', BY_LISTED, DEPLOY);
    expect(await differenceNow()).toEqual(
      [
        `+ #12: label ${HOLD}`,
        `- pull of 12: ${FREE}`,
        `+ pull of 12: ${HELD} by tove`,
        `- #13: label ${HOLD}`,
        `- pull of 13: ${HELD} by ada`,
        `+ pull of 13: ${FREE}`,
        `+ #14: label ${MERGE}`,
        `- #15: label ${MERGE}`,
        `+ #16: label ${SHARES}`,
        `- #17: label ${SHARES}`,
        `- #18: label ${DEPLOY}`,
        '- pull of 18: open',
        '+ pull of 18: closed',
        '- pull of 18: draft into main',
        '+ pull of 18: pull request closed into main',
        `- pull of 18: ${FREE}`,
        '+ pull of 18: yardmaster[bot]: Closed: the deploy label was removed (issue #18). The branch `feature/issue-18` is kept. To take the work up again, deploy the issue again.',
        `+ #${BY_LISTED}: label ${DEPLOY}`,
        `+ branch feature/issue-${BY_LISTED}`,
        `+ pull of ${BY_LISTED}: ${FREE}`,
        `+ pull of ${BY_LISTED}: draft into main`,
        `+ pull of ${BY_LISTED}: open`,
        `+ pull of ${BY_LISTED}: text`,
        '~ tracking issue: text',
      ].sort(),
    );
  });

  test('somebody who may not freeze or pause is put back on the tracking issue, as often as it is tried', async () => {
    for (const [label, who] of OVERRULED_ON_TRACKER) {
      await byHand(who, 'put', tracker, label);
      await sandbox.settle();
    }
    expect(await differenceNow()).toEqual(
      OVERRULED_ON_TRACKER.map(([label, who]) => `+ tracking issue: ${putBack(who, 'put', label)}`).sort(),
    );
    await byHand('maintainer', 'put', tracker, FREEZE);
    await byHand('helper', 'put', tracker, PAUSE);
    const frozen = await differenceNow();
    expect(frozen).toContain(`+ tracking issue: label ${FREEZE}`);
    expect(frozen).toContain(`+ tracking issue: label ${PAUSE}`);
    expect(frozen).toContain('+ pull of 1: merge-order in_progress, Frozen by grace');
    for (const [label, who] of OVERRULED_ON_TRACKER) {
      await byHand(who, 'removed', tracker, label);
      await sandbox.settle();
    }
    // A freeze that the app has put itself has no name any more; no gate is free.
    const isOpened = (line: string) => !/: merge-order in_progress, |^~ tracking issue: text/.test(line);
    expect((await differenceNow()).filter(isOpened)).toEqual(
      OVERRULED_ON_TRACKER.map(
        ([label, who]) => `+ tracking issue: ${putBack(who, 'removed', label)}`,
      ).sort(),
    );
    await byHand('admin', 'removed', tracker, FREEZE);
    await byHand('writer', 'removed', tracker, PAUSE);
    const thawed = await differenceNow();
    expect(thawed).toContain(`- tracking issue: label ${FREEZE}`);
    expect(thawed).toContain(`- tracking issue: label ${PAUSE}`);
    expect(thawed).toContain(`+ pull of 1: ${FREE}`);
  });

  test('anybody who takes the label off the tracking issue, or puts it elsewhere, makes no other one of it', async () => {
    await byHand('triager', 'removed', tracker, 'subagent:tracking');
    await byHand('writer', 'put', 12, 'subagent:tracking');
    await byHand('triager', 'put', 20, 'subagent:tracking');
    expect(await differenceNow()).toEqual([
      '+ #12: label subagent:tracking',
      '+ #20: label subagent:tracking',
    ]);
    await byHand('triager', 'removed', tracker, 'subagent:tracking');
    await sandbox.restartBot('PT5M');
    await sandbox.advance('PT31M');
    expect(await differenceNow()).toEqual([]);
  });
});
