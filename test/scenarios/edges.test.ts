import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Loose, type Sandbox, type Who, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const DONE = ['yardmaster[bot]: +1'];
const REFUSED = ['yardmaster[bot]: confused'];
/** What the bot may write for a command that it refuses. */
const REPLY = ['issues/create-comment', 'reactions/create-for-issue-comment'];
const SCAN = 'shares:scan.py';

let sandbox: Sandbox;

interface Heard {
  readonly reactions: readonly string[];
  readonly said: readonly string[];
  /** The operations by which the bot has changed anything since. */
  readonly wrote: readonly string[];
}

/** Comments, and gives the reactions to it, what the bot said below it, and what it wrote at all. */
async function say(who: Who, number: number, body: string): Promise<Heard> {
  await sandbox.settle();
  await sandbox.forgetRequests();
  const comment = await sandbox.comment(who, number, body);
  await sandbox.settle();
  const all: Loose[] = await sandbox.repo('admin', 'GET', `/issues/${number}/comments?per_page=100`);
  return {
    reactions: await sandbox.reactions(comment),
    said: all
      .filter((each) => each.id > comment.id && each.user.login === 'yardmaster[bot]')
      .map((each) => each.body.replace(/\s*<!--[^>]*-->\s*$/, '')),
    wrote: (await sandbox.requests())
      .filter(({ kind }) => kind === 'write')
      .map(({ operation }) => operation),
  };
}

async function titleOf(issue: number): Promise<string> {
  return (await sandbox.gateOf(issue)).output.title;
}

async function databaseId(issue: number): Promise<number> {
  return (await sandbox.issue(issue)).id;
}

async function tracking(): Promise<string> {
  return (await sandbox.tracker()).body;
}

type Find = () => Promise<number>;

const FREE = 'Free to merge: nothing to wait for';

beforeAll(async () => {
  const issues = [1, 2, 3, 4].map((number) => ({ number }));
  sandbox = await startSandbox({ seed: smallSeed({ issues }) });
  await sandbox.deploy(1, 2, 3);
});
afterAll(() => sandbox.stop());

describe('dependencies', () => {
  test('a triager makes one issue wait for another, and cannot take that back by command', async () => {
    expect(await say('triager', 2, '/depends-on #1')).toMatchObject({ reactions: DONE, said: [] });
    expect(await titleOf(2)).toMatch(/^Waits for #1/);
    expect(await say('triager', 2, '/not-depends-on #1')).toEqual({
      reactions: REFUSED,
      said: ['@tove: `not-depends-on` needs the *write* role; you have *triage*.'],
      wrote: REPLY,
    });
    expect(await sandbox.blockedBy(2)).toEqual([1]);
  });

  test('nor on the page of the issue: it goes on to wait, and the tracking issue says why', async () => {
    const path = `/issues/2/dependencies/blocked_by/${await databaseId(1)}`;
    await sandbox.repo('triager', 'DELETE', path);
    await sandbox.advance('PT5M');
    expect(await sandbox.blockedBy(2)).toEqual([]);
    expect(await titleOf(2)).toMatch(/^Waits for #1/);
    expect(await tracking()).toContain(
      'It still waits for [#1](../issues/1): `tove` removed that, which needs *write*.',
    );
  });

  test('somebody with write frees it, and the gate follows without any event on that pull request', async () => {
    const pull = await sandbox.pullOf(2);
    expect(await say('writer', 2, '/not-depends-on #1')).toMatchObject({ reactions: DONE, said: [] });
    expect([await sandbox.blockedBy(2), await titleOf(2)]).toEqual([[], FREE]);
    expect(await tracking()).not.toContain('waits for [#1]');
    expect((await sandbox.pullOf(2)).head.sha).toBe(pull.head.sha);
  });

  test('and it stays free, in another process, too', async () => {
    await sandbox.restartBot();
    await sandbox.advance('PT1H');
    expect([await sandbox.blockedBy(2), await titleOf(2)]).toEqual([[], FREE]);
  });

  test('what an issue does not wait for is told, and changes nothing', async () => {
    expect(await say('writer', 2, '/not-depends-on #1 #3')).toEqual({
      reactions: REFUSED,
      said: ['@linus: #2 does not wait for #1 or #3.'],
      wrote: REPLY,
    });
  });

  test('a dependency that was added by hand is taken away by command, and the tracking issue shows both', async () => {
    await sandbox.repo('triager', 'POST', '/issues/3/dependencies/blocked_by', {
      issue_id: await databaseId(2),
    });
    await sandbox.settle();
    expect(await titleOf(3)).toMatch(/^Waits for #2/);
    expect(await tracking()).toContain('[#3](../issues/3) depends on [#2](../issues/2)');
    await say('writer', 3, '/not-depends-on #2');
    expect([await sandbox.blockedBy(3), await titleOf(3)]).toEqual([[], FREE]);
    expect(await tracking()).not.toContain('depends on [#2]');
  });

  test('a line of the recorded text is taken back for good', async () => {
    const { number } = await sandbox.openIssue('admin', 'Stated', 'Depends on #1');
    await sandbox.deploy(number);
    expect(await sandbox.blockedBy(number)).toEqual([1]);
    await say('writer', number, '/not-depends-on #1');
    await sandbox.restartBot();
    await sandbox.advance('PT1H');
    expect([await sandbox.blockedBy(number), await titleOf(number)]).toEqual([[], FREE]);
  });

  test('a line that GitHub cannot hold is not taken back, and the answer says the way out', async () => {
    const pull = await sandbox.pullOf(1);
    const text = `Depends on #${pull.number} and acme/lib#7`;
    const { number } = await sandbox.openIssue('admin', 'Stated', text);
    await sandbox.deploy(number);
    const before = await titleOf(number);
    const { reactions, said, wrote } = await say('writer', number, `/not-depends-on #${pull.number}`);
    expect([reactions, wrote]).toEqual([REFUSED, REPLY]);
    expect(said).toEqual([
      expect.stringMatching(
        /I cannot take that back: it is a pull request.*Take that line out of the issue.*`\/subagent redeploy`/,
      ),
    ]);
    expect((await say('writer', number, '/not-depends-on acme/lib#7')).said).toEqual([
      expect.stringMatching(/I cannot take that back: .*within one repository only/),
    ]);
    expect(await titleOf(number)).toBe(before);
    await sandbox.edit('writer', number, { body: 'No more' });
    await say('writer', number, '/redeploy');
    await sandbox.advance('PT1M');
    expect(await titleOf(number)).toBe(FREE);
    await say('writer', number, '/cancel');
  });

  test('a bot that is cut off between adding and removing goes on where it was', async () => {
    await say('writer', 2, '/depends-on #1');
    await sandbox.repo('triager', 'DELETE', `/issues/2/dependencies/blocked_by/${await databaseId(1)}`);
    await sandbox.settle();
    const match = { operation: 'issues/remove-dependency-blocked-by' };
    await sandbox.faults({ requests: [{ match, when: 'before', answer: 'hangup', times: 1000 }] });
    const comment = await sandbox.comment('writer', 2, '/not-depends-on #1');
    await sandbox.settle();
    expect([await sandbox.blockedBy(2), await sandbox.reactions(comment)]).toEqual([[1], []]);
    await sandbox.faults({});
    await sandbox.restartBot();
    await sandbox.advance('PT5M');
    expect([await sandbox.blockedBy(2), await sandbox.reactions(comment)]).toEqual([[], DONE]);
    expect(await titleOf(2)).toBe(FREE);
  });

  test('a command that is found only minutes later frees at once, too', async () => {
    await say('writer', 2, '/depends-on #1');
    await sandbox.repo('triager', 'DELETE', `/issues/2/dependencies/blocked_by/${await databaseId(1)}`);
    await sandbox.advance('PT5M');
    await sandbox.faults({ webhooks: { drop: 1 } });
    const comment = await sandbox.comment('writer', 2, '/not-depends-on #1');
    await sandbox.advance('PT5M');
    await sandbox.faults({});
    expect([await sandbox.reactions(comment), await titleOf(2)]).toEqual([DONE, FREE]);
  });

  test('a removal that lost its answer is not repeated against what a person did since', async () => {
    await say('writer', 2, '/depends-on #1');
    const match = { operation: 'reactions/create-for-issue-comment' };
    await sandbox.faults({ requests: [{ match, when: 'before', answer: 'hangup', times: 1000 }] });
    const comment = await sandbox.comment('writer', 2, '/not-depends-on #1');
    await sandbox.settle();
    expect(await sandbox.blockedBy(2)).toEqual([]);
    await sandbox.advance('PT2S');
    const again = { issue_id: await databaseId(1) };
    await sandbox.repo('writer', 'POST', '/issues/2/dependencies/blocked_by', again);
    await sandbox.faults({});
    await sandbox.restartBot();
    await sandbox.advance('PT5M');
    expect([await sandbox.blockedBy(2), await sandbox.reactions(comment)]).toEqual([[1], DONE]);
    await say('writer', 2, '/not-depends-on #1');
    expect(await sandbox.blockedBy(2)).toEqual([]);
  });
});

describe('shared code', () => {
  test('a triager says that two share it; the label is made, and the tracking issue has the note', async () => {
    const answer = await say('triager', 1, '/shares scan.py #2 -- agree on the lock');
    expect(answer).toMatchObject({ reactions: DONE, said: [] });
    for (const issue of [1, 2]) expect(await sandbox.labels(issue)).toContain(SCAN);
    const path = `/labels/${encodeURIComponent(SCAN)}`;
    expect(await sandbox.repo('admin', 'GET', path)).toMatchObject({
      color: 'bfd4f2',
      description: 'Touches the same code: scan.py',
    });
    const body = await tracking();
    expect(body).toMatch(/\[#1\]\(\.\.\/issues\/1\) and \[#2\]\(\.\.\/issues\/2\) share `scan\.py`/);
    expect(body).toContain('agree on the lock');
  });

  test('the newest note counts', async () => {
    await say('writer', 2, '/shares scan.py -- one lock for both');
    const body = await tracking();
    expect([body.includes('one lock for both'), body.includes('agree on the lock')]).toEqual([true, false]);
  });

  test('a triager cannot take it back by command', async () => {
    expect(await say('triager', 1, '/not-shares scan.py')).toEqual({
      reactions: REFUSED,
      said: ['@tove: `not-shares` needs the *write* role; you have *triage*.'],
      wrote: REPLY,
    });
    expect(await sandbox.labels(1)).toContain(SCAN);
  });

  test('nor by hand: the label is put back with one comment', async () => {
    const before = (await sandbox.comments(1)).length;
    await sandbox.unlabel('triager', 1, SCAN);
    await sandbox.advance('PT10M');
    expect(await sandbox.labels(1)).toContain(SCAN);
    expect((await sandbox.comments(1)).slice(before)).toEqual([
      '`tove` removed the label `shares:scan.py` with the *triage* role, which is not enough for that, so I have put it back. `/subagent help` says which role a command needs.',
    ]);
  });

  test('a label that a triager has put by hand counts', async () => {
    await sandbox.label('triager', 3, SCAN);
    await sandbox.advance('PT5M');
    expect(await sandbox.labels(3)).toContain(SCAN);
    expect(await tracking()).toMatch(/\[#1\].*, \[#2\].*, \[#3\].* share `scan\.py`/);
  });

  test('somebody with write takes it back on the tracking issue', async () => {
    const { number } = await sandbox.tracker();
    const answer = await say('writer', number, '/not-shares scan.py #1 #2 #3');
    expect(answer).toMatchObject({ reactions: DONE, said: [] });
    for (const issue of [1, 2, 3]) expect(await sandbox.labels(issue)).not.toContain(SCAN);
    expect(await tracking()).not.toContain('scan.py');
    await sandbox.advance('PT2S');
    expect(await say('writer', 1, '/not-shares scan.py')).toEqual({
      reactions: REFUSED,
      said: ['@linus: #1 does not share `scan.py`.'],
      wrote: REPLY,
    });
  });

  test('a name that is longer than a label may be is found again by itself and by the label', async () => {
    const name = 'services/market/scanner/with/a/very/long/path/executor.py';
    await say('triager', 1, `/shares ${name} #2`);
    const short = (await sandbox.labels(1)).find((label) => label.startsWith('shares:')) ?? '';
    expect([short.length <= 50, await sandbox.labels(2)]).toEqual([true, expect.arrayContaining([short])]);
    await say('writer', 1, `/not-shares ${name}`);
    await say('writer', 2, `/not-shares ${short.slice('shares:'.length)}`);
    for (const issue of [1, 2]) expect(await sandbox.labels(issue)).not.toContain(short);
  });
});

describe('deploy on the tracking issue', () => {
  const pullOfOne: Find = async () => (await sandbox.pullOf(1)).number;
  const ofTracker: Find = async () => (await sandbox.tracker()).number;
  const nothing: Find = () => Promise.resolve(999);

  test.each([
    ['a pull request', pullOfOne, 'it is a pull request, and not an issue'],
    ['a number that there is not', nothing, 'there is no issue or pull request with that number'],
    ['the tracking issue', ofTracker, 'it is the tracking issue'],
  ] as const)('of %s is refused, and of the others nothing is deployed', async (_, numberOf, because) => {
    const { number: tracker } = await sandbox.tracker();
    const number = await numberOf();
    expect(await say('writer', tracker, `/deploy #4 #${number}`)).toEqual({
      reactions: REFUSED,
      said: [`@linus: nothing to deploy on #${number}: ${because}.`],
      wrote: REPLY,
    });
    expect(await sandbox.labels(4)).not.toContain('deploy-subagent');
  });

  test('of an issue works', async () => {
    const { number } = await sandbox.tracker();
    await say('writer', number, '/deploy #4');
    expect((await sandbox.pullOf(4)).state).toBe('open');
  });
});
