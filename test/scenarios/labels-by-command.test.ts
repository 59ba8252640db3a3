import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createCi, landed, mergeAll, rowOf, say, untilQuiet, workOn } from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const ALL_THREE = [{ number: 1 }, { number: 2 }, { number: 3 }];

/** What happened to the labels of an issue, as `login +label` and `login -label`, oldest first. */
async function labelStory(sandbox: Sandbox, number: number): Promise<string[]> {
  const events: Loose[] = await sandbox.repo('admin', 'GET', `/issues/${number}/timeline?per_page=100`);
  return events
    .filter(({ event }) => event === 'labeled' || event === 'unlabeled')
    .map(({ event, actor, label }) => `${actor.login} ${event === 'labeled' ? '+' : '-'}${label.name}`);
}

/** The issues in the order of the tracking issue's table. */
async function mergeOrder(sandbox: Sandbox): Promise<number[]> {
  const { body } = await sandbox.tracker();
  return [...body.matchAll(/^\| \d+ \| \[#(\d+)\]/gm)].map(([, number]) => Number(number));
}

describe('effort, risk and priority by command', () => {
  let sandbox: Sandbox;
  let said: Loose;
  let reactions: string[];

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: smallSeed({ issues: ALL_THREE }) });
    await sandbox.deploy(1, 2, 3);
    const { number } = await sandbox.pullOf(1);
    said = await sandbox.comment('triager', number, '/effort 5 to 6 hours\n\n/risk high -- moves money');
    await sandbox.settle();
    reactions = await sandbox.reactions(said);
  }, 120_000);
  afterAll(() => sandbox.stop());

  const detailsOf = async (issue: number): Promise<string> =>
    (await sandbox.tracker()).body
      .split('<details>')
      .find((part: string) => part.includes(`Issue ${issue}:`)) ?? '';

  test('put labels with a colour, on the issue of the pull request that they stand on', async () => {
    expect([reactions, await sandbox.labels(1)]).toEqual([
      [expect.stringMatching(/\[bot\]: \+1$/)],
      ['deploy-subagent', 'effort:5-6h', 'risk:high'],
    ]);
    expect(await sandbox.repo('admin', 'GET', '/labels/risk:high')).toMatchObject({ color: 'b60205' });
  });

  test('are in the tracking issue, and the why of the risk with its comment', async () => {
    const { number } = await sandbox.pullOf(1);
    const link = `[comment](../issues/${number}#issuecomment-${said.id})`;
    expect(await rowOf(sandbox, 1)).toContain('| 5-6h | HIGH (moves money) |');
    expect(await detailsOf(1)).toContain(`- **Risk**: HIGH (moves money) (${link})\n`);
    expect((await sandbox.tracker()).body).toContain(`| HIGH (moves money) (${link}) | [#1](../issues/1) |`);
  });

  test('change the merge order', async () => {
    expect(await mergeOrder(sandbox)).toEqual([1, 2, 3]);
    await say(sandbox, 'triager', (await sandbox.tracker()).number, '/priority p0 #3\n\n/priority p1 #2');
    expect(await mergeOrder(sandbox)).toEqual([3, 2, 1]);
  });

  test('make one label of several of a kind', async () => {
    for (const label of ['risk:low', 'risk:medium', 'priority:p3']) await sandbox.label('writer', 2, label);
    await sandbox.settle();
    expect(await rowOf(sandbox, 2)).toContain('| risk:low, risk:medium (not readable) |');
    await say(sandbox, 'triager', 2, '/risk medium\n\n/priority p2');
    expect(await sandbox.labels(2)).toEqual(['deploy-subagent', 'priority:p2', 'risk:medium']);
    expect(await rowOf(sandbox, 2)).toContain('| MEDIUM |');
    expect(await mergeOrder(sandbox)).toEqual([3, 1, 2]);
  });

  test('that are said again change no label', async () => {
    const before = await labelStory(sandbox, 2);
    await say(sandbox, 'writer', 2, '/risk medium\n\n/priority p2');
    expect(await labelStory(sandbox, 2)).toEqual(before);
  });

  test('leave what somebody has set since they were written', async () => {
    await sandbox.faults({ cut: { after: 0 } });
    const comment = await sandbox.comment('triager', 3, '/priority p3');
    await sandbox.advance('PT1M');
    await sandbox.unlabel('writer', 3, 'priority:p0');
    await sandbox.label('writer', 3, 'priority:p1');
    await sandbox.faults({});
    await sandbox.restartBot();
    await sandbox.advance('PT5M');
    expect(await sandbox.labels(3)).toEqual(['deploy-subagent', 'priority:p1']);
    expect(await sandbox.reactions(comment)).toEqual([expect.stringMatching(/\[bot\]: \+1$/)]);
  });

  test('that change the level by hand end the why of the command', async () => {
    await sandbox.unlabel('writer', 1, 'risk:high');
    await sandbox.label('writer', 1, 'risk:low');
    await sandbox.settle();
    expect(await detailsOf(1)).toContain('- **Risk**: LOW\n');
  });
});

describe('a freeze by command', () => {
  let sandbox: Sandbox;
  let tracker: number;
  let before: Loose[];
  let frozen: Loose[];
  let landedMeanwhile: number[];
  let shown: string;

  const gates = () => Promise.all([1, 2].map((issue) => sandbox.gateOf(issue)));
  const toldOnTracker = async () => (await sandbox.comments(tracker)).filter((text) => !text.startsWith('/'));
  const FROZEN = { status: 'in_progress', output: { title: 'Frozen by grace: release day' } };

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: smallSeed() });
    await sandbox.deploy(1, 2);
    tracker = (await sandbox.tracker()).number;
    await workOn(sandbox, [1, 2]);
    const ci = createCi(sandbox);
    await mergeAll(sandbox);
    before = await gates();
    // Only CI is waited for: with its report, 1 would land.
    await say(sandbox, 'maintainer', tracker, '/freeze -- release day');
    await untilQuiet(sandbox, ci);
    frozen = await gates();
    landedMeanwhile = await landed(sandbox);
    shown = (await sandbox.tracker()).body;
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('stops a landing that was about to happen, and every gate says who froze and why', () => {
    expect(before.map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
    expect(frozen).toMatchObject([FROZEN, FROZEN]);
    expect(frozen[0].output.summary).toContain('A maintainer comments `/subagent unfreeze`');
    expect(landedMeanwhile).toEqual([]);
    expect(shown).toContain('**Frozen by grace: release day**: nothing lands.');
  });

  test('is put back with one comment where somebody with write takes the label off', async () => {
    await sandbox.unlabel('writer', tracker, 'subagent:freeze');
    await sandbox.advance('PT10M');
    expect(await sandbox.labels(tracker)).toEqual(['subagent:freeze', 'subagent:tracking']);
    expect(await toldOnTracker()).toEqual([
      expect.stringMatching(
        /^`linus` removed the label `subagent:freeze` with the \*write\* role.*put it back/,
      ),
    ]);
    expect([await gates(), await landed(sandbox)]).toMatchObject([[FROZEN, FROZEN], []]);
  });

  test('is not ended by a command of somebody with write', async () => {
    await say(sandbox, 'writer', tracker, '/unfreeze');
    expect(await sandbox.labels(tracker)).toContain('subagent:freeze');
    expect((await toldOnTracker()).at(-1)).toContain(
      '`unfreeze` needs the *maintain* role; you have *write*',
    );
  });

  test('is over by unfreeze, and the landing goes on', async () => {
    await say(sandbox, 'maintainer', tracker, '/unfreeze');
    expect(await sandbox.labels(tracker)).toEqual(['subagent:tracking']);
    await untilQuiet(sandbox, createCi(sandbox));
    expect(await landed(sandbox)).toEqual([1, 2]);
  });
});

describe('a freeze by hand', () => {
  let sandbox: Sandbox;
  let tracker: number;

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: smallSeed() });
    await sandbox.deploy(1);
    tracker = (await sandbox.tracker()).number;
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('of somebody with write is taken off with one comment', async () => {
    await sandbox.label('writer', tracker, 'subagent:freeze');
    await sandbox.advance('PT10M');
    expect(await sandbox.labels(tracker)).toEqual(['subagent:tracking']);
    expect((await sandbox.gateOf(1)).conclusion).toBe('success');
    expect(await sandbox.comments(tracker)).toHaveLength(1);
  });

  test('of a maintainer outlives its label, which somebody with write deletes from the repository, until unfreeze', async () => {
    await sandbox.label('maintainer', tracker, 'subagent:freeze');
    await sandbox.settle();
    expect((await sandbox.gateOf(1)).output.title).toBe('Frozen by grace');
    await sandbox.repo('writer', 'DELETE', '/labels/subagent:freeze');
    await sandbox.advance('PT5M');
    expect(await sandbox.labels(tracker)).toContain('subagent:freeze');
    expect(await sandbox.gateOf(1)).toMatchObject({ status: 'in_progress', output: { title: 'Frozen' } });
    await say(sandbox, 'maintainer', tracker, '/unfreeze');
    expect(await sandbox.labels(tracker)).toEqual(['subagent:tracking']);
    expect((await sandbox.gateOf(1)).conclusion).toBe('success');
  });
});

describe('commands that are cut off', () => {
  const ROUTES = /\/(labels|reactions)(\/|$)/;

  interface Told {
    readonly happened: readonly (readonly string[])[];
    readonly effects: readonly number[];
  }

  /** Two comments, and what became of the labels, the comments and the reactions. */
  async function story(run: (sandbox: Sandbox) => Promise<void>): Promise<Told> {
    const sandbox = await startSandbox({
      seed: smallSeed({ issues: [{ number: 1, labels: ['priority:p3', 'effort:1h'] }] }),
    });
    try {
      await sandbox.deploy(1);
      const { number } = await sandbox.tracker();
      await sandbox.forgetRequests();
      const comments = [
        await sandbox.comment('triager', 1, '/priority p0\n\n/effort 5-6h'),
        await sandbox.comment('maintainer', number, '/freeze -- release day'),
      ];
      await run(sandbox);
      await sandbox.advance('PT2M');
      const effects = (await sandbox.requests())
        .filter(({ path }) => ROUTES.test(path))
        .flatMap((request) => request.effects);
      const happened = [
        await labelStory(sandbox, 1),
        await labelStory(sandbox, number),
        ...(await Promise.all([1, number].map((each) => sandbox.comments(each)))),
        ...(await Promise.all(comments.map((each) => sandbox.reactions(each)))),
        [(await sandbox.gateOf(1)).output.title],
      ];
      return { happened, effects };
    } finally {
      await sandbox.stop();
    }
  }

  test('after any one of their effects do the rest once, and nothing twice', async () => {
    const { happened, effects } = await story((sandbox) => sandbox.settle());
    expect(happened[0]?.slice(-4)).toEqual([
      expect.stringMatching(/\[bot\] \+priority:p0$/),
      expect.stringMatching(/\[bot\] -priority:p3$/),
      expect.stringMatching(/\[bot\] \+effort:5-6h$/),
      expect.stringMatching(/\[bot\] -effort:1h$/),
    ]);
    expect(happened[1]?.at(-1)).toMatch(/\[bot\] \+subagent:freeze$/);
    expect(happened.at(-1)).toEqual(['Frozen by grace: release day']);
    expect(effects.length).toBeGreaterThanOrEqual(7);
    for (const effect of effects) {
      const cut = await story(async (sandbox) => {
        await sandbox.faults({ cut: { after: effect } });
        await sandbox.settle();
        await sandbox.faults({});
        await sandbox.restartBot();
      });
      expect({ effect, happened: cut.happened }).toEqual({ effect, happened });
    }
  }, 180_000);
});
