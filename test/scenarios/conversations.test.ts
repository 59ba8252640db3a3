import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const DONE = ['yardmaster[bot]: +1'];
const REFUSED = ['yardmaster[bot]: confused'];

async function bySelf(sandbox: Sandbox, number: number): Promise<string[]> {
  const all: Loose[] = await sandbox.repo('admin', 'GET', `/issues/${number}/comments?per_page=100`);
  return all.filter((each) => each.user?.login === 'yardmaster[bot]').map((each) => each.body);
}

/** How often a label was put on and taken off, as GitHub's page of the issue shows it. */
async function labelEvents(sandbox: Sandbox, number: number, label: string): Promise<string[]> {
  const events: Loose[] = await sandbox.repo('admin', 'GET', `/issues/${number}/timeline?per_page=100`);
  return events
    .filter((event) => event.label?.name === label)
    .map((event) => `${event.event} by ${event.actor.login}`);
}

const writes = async (sandbox: Sandbox): Promise<string[]> =>
  (await sandbox.asked()).filter(({ kind }) => kind === 'write').map(({ operation }) => operation);

describe('who comments', () => {
  let sandbox: Sandbox;

  afterEach(() => sandbox.stop());

  async function start(config?: object): Promise<void> {
    sandbox = await startSandbox({
      seed: smallSeed({ bots: ['helper', 'stray'], ...(config && { config }) }),
    });
    await sandbox.deploy(1, 2);
  }

  test('a bot that the settings do not list is not heard', async () => {
    await start({ allow: { bots: ['helper[bot]'] } });
    const comment = await sandbox.comment('stray', 1, '/hold');
    await sandbox.advance('PT6M');
    expect(await sandbox.reactions(comment)).toEqual([]);
    expect(await sandbox.labels(1)).toEqual(['deploy-subagent']);
    expect(await bySelf(sandbox, 1)).toEqual([]);
  });

  test('a bot that the settings list counts like a person with write, and no more', async () => {
    await start({ allow: { bots: ['helper[bot]'] } });
    const hold = await sandbox.comment('helper', 1, '/hold -- red');
    const override = await sandbox.comment('helper', 1, '/override -- in a hurry');
    await sandbox.advance('PT6M');
    expect(await sandbox.reactions(hold)).toEqual(DONE);
    expect(await sandbox.reactions(override)).toEqual(REFUSED);
    expect(await sandbox.labels(1)).toContain('subagent:hold');
  });

  test('the app does not hear itself, whatever it is made to say', async () => {
    await start();
    await sandbox.comment('writer', 1, '/subagent `/cancel`');
    await sandbox.comment('writer', 1, '/depends-on #2 /cancel');
    await sandbox.settle();
    expect(await bySelf(sandbox, 1)).not.toEqual([]);
    const all: Loose[] = await sandbox.repo('admin', 'GET', '/issues/1/comments');
    const own = all.filter((each) => each.user.login === 'yardmaster[bot]');
    for (const each of own) expect(each.body).not.toMatch(/^\s*\//m);
    // Somebody with write turns one of its answers into a command.
    await sandbox.repo('admin', 'PATCH', `/issues/comments/${own[0].id}`, { body: '/cancel' });
    await sandbox.advance('PT6M');
    expect(await sandbox.reactions(own[0])).toEqual([]);
    expect((await sandbox.pullOf(1)).state).toBe('open');
  });

  test('somebody who has deleted their account since is not heard, and is no reason to stop', async () => {
    await start();
    await sandbox.faults({ webhooks: { drop: 1 } });
    const theirs = await sandbox.comment('maintainer', 1, '/hold -- by nobody');
    const other = await sandbox.comment('writer', 2, '/hold -- by linus');
    await sandbox.deleteAccount('maintainer');
    await sandbox.faults({});
    await sandbox.advance('PT6M');
    expect(await sandbox.reactions(theirs)).toEqual([]);
    expect(await sandbox.labels(1)).toEqual(['deploy-subagent']);
    expect(await sandbox.reactions(other)).toEqual(DONE);
    expect(await sandbox.labels(2)).toContain('subagent:hold');
  });

  test('a command that was run stays run when its author deletes their account', async () => {
    await start();
    const comment = await sandbox.comment('maintainer', 1, '/hold -- waiting for legal');
    await sandbox.settle();
    await sandbox.deleteAccount('maintainer');
    await sandbox.restartBot('PT5M');
    await sandbox.advance('PT6M');
    expect(await sandbox.reactions(comment)).toEqual(DONE);
    expect(await sandbox.labels(1)).toContain('subagent:hold');
    expect((await sandbox.gateOf(1)).status).toBe('in_progress');
    expect((await sandbox.gateOf(1)).output.title).toMatch(/^On hold/);
  });
});

describe('on a locked issue', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ seed: smallSeed() });
    await sandbox.deploy(1, 2);
    await sandbox.repo('admin', 'PUT', '/issues/1/lock');
  });
  afterEach(() => sandbox.stop());

  test('people below write cannot comment', async () => {
    const path = '/repos/acme/market/issues/1/comments';
    expect((await sandbox.ask('triager', 'POST', path, { body: '/hold' })).status).toBe(403);
  });

  test('a command has its effect, and the answer comes once the issue is unlocked', async () => {
    const question = await sandbox.comment('writer', 1, '/status');
    const comment = await sandbox.comment('writer', 1, '/hold -- spam');
    const other = await sandbox.comment('writer', 2, '/hold -- elsewhere');
    await sandbox.advance('PT1M');
    expect(await sandbox.labels(1)).toContain('subagent:hold');
    expect((await sandbox.gateOf(1)).output.title).toMatch(/^On hold/);
    expect(await sandbox.reactions(other)).toEqual(DONE);
    expect((await sandbox.gateOf(2)).output.title).toBe('On hold by linus: elsewhere');
    expect((await sandbox.tracker()).body).toContain('GitHub did not let me');
    await sandbox.repo('admin', 'DELETE', '/issues/1/lock');
    await sandbox.advance('PT6M');
    expect([await sandbox.reactions(question), await sandbox.reactions(comment)]).toEqual([DONE, DONE]);
    expect((await bySelf(sandbox, 1)).length).toBe(1);
    expect((await sandbox.gateOf(1)).output.title).toBe('On hold by linus: spam');
    expect((await sandbox.tracker()).body).not.toContain('GitHub did not let me');
    expect(await labelEvents(sandbox, 1, 'subagent:hold')).toEqual(['labeled by yardmaster[bot]']);
  });

  test('two commands that ask for the opposite do not undo each other for ever', async () => {
    await sandbox.comment('writer', 1, '/hold');
    await sandbox.advance('PT1M');
    await sandbox.comment('writer', 1, '/unhold');
    await sandbox.advance('PT1M');
    const events = ['labeled by yardmaster[bot]', 'unlabeled by yardmaster[bot]'];
    expect(await labelEvents(sandbox, 1, 'subagent:hold')).toEqual(events);
    await sandbox.advance('PT31M');
    await sandbox.restartBot('PT5M');
    await sandbox.advance('PT31M');
    expect(await labelEvents(sandbox, 1, 'subagent:hold')).toEqual(events);
    expect(await sandbox.labels(1)).not.toContain('subagent:hold');
  });

  test('a deploy that cannot be answered is not carried out before it can', async () => {
    const issue = await sandbox.openIssue('writer', 'Late', 'Words');
    await sandbox.repo('admin', 'PUT', `/issues/${issue.number}/lock`);
    const comment = await sandbox.comment('writer', issue.number, '/subagent deploy');
    await sandbox.advance('PT6M');
    expect(await sandbox.reactions(comment)).toEqual([]);
    expect(await sandbox.pullOf(issue.number)).toBeUndefined();
    await sandbox.repo('admin', 'DELETE', `/issues/${issue.number}/lock`);
    await sandbox.advance('PT6M');
    expect(await sandbox.reactions(comment)).toEqual(DONE);
    expect(await sandbox.task(issue.number)).toContain('Approved by `linus`');
  });
});

describe('an issue that is transferred', () => {
  let sandbox: Sandbox;
  const others = [{ repository: 'acme/shop', issues: [{ number: 1, title: 'Till' }] }];
  beforeEach(async () => {
    const issues = [{ number: 1 }, { number: 2, blocked_by: [1] }, { number: 3 }];
    sandbox = await startSandbox({ seed: smallSeed({ issues, others }) });
    await sandbox.deploy(1, 2, 3);
  });
  afterEach(() => sandbox.stop());

  /** The issue where it is now. */
  async function there(method: string, path: string): Promise<Loose> {
    return (await sandbox.ask('admin', method, `/repos/acme/shop${path}`)).body;
  }

  test('leaves its pull request, whose gate does not become free by it; the others go on', async () => {
    const before = await sandbox.pullOf(1);
    await sandbox.transfer('writer', 1, 'acme/shop');
    await sandbox.settle();
    await sandbox.advance('PT6M');
    expect(await sandbox.pullOf(1)).toMatchObject({ number: before.number, state: 'open' });
    const gate = await sandbox.gate(before.head.sha);
    const gone = 'Cannot read #1, which this is the work of: it was deleted, or moved to another repository';
    expect([gate.conclusion, gate.output.title]).toEqual(['failure', gone]);
    const { body } = await sandbox.tracker();
    expect(body.replaceAll('\u200b', '')).toContain(`**${gone}.** Somebody with write closes`);
    expect((await sandbox.gateOf(2)).output.title).toBe('Waits for acme/shop#2');
    expect((await sandbox.gateOf(3)).conclusion).toBe('success');
    await sandbox.restartBot('PT5M');
    await sandbox.advance('PT31M');
    expect((await sandbox.gate(before.head.sha)).conclusion).toBe('failure');
    expect((await sandbox.gateOf(2)).conclusion).not.toBe('success');
  });

  test('with a command that nobody has heard yet: it is not run at its old place', async () => {
    await sandbox.faults({
      requests: [
        {
          match: { path: '/repos/*/*/collaborators/linus/permission' },
          when: 'before',
          answer: { status: 500 },
          times: 1000,
        },
      ],
    });
    const comment = await sandbox.comment('writer', 1, '/hold #3 -- wandering');
    await sandbox.settle();
    await sandbox.transfer('writer', 1, 'acme/shop');
    await sandbox.forgetRequests();
    await sandbox.faults({});
    await sandbox.advance('PT31M');
    expect(await sandbox.labels(3)).toEqual(['deploy-subagent']);
    const old = `/repos/acme/market/issues/comments/${comment.id}`;
    expect((await sandbox.asked()).filter(({ path }) => path.startsWith(old))).toEqual([]);
  });

  test('with commands that were run: they are not run again where it is now', async () => {
    await sandbox.comment('writer', 1, '/subagent hold');
    await sandbox.settle();
    await sandbox.unlabel('writer', 1, 'subagent:hold');
    const moved = await sandbox.transfer('writer', 1, 'acme/shop');
    await sandbox.advance('PT31M');
    const issue = await there('GET', `/issues/${moved.number}`);
    expect(issue.labels.map((label: Loose) => label.name)).not.toContain('subagent:hold');
  });

  test('and is the tracking issue: another one takes its place', async () => {
    const { number } = await sandbox.tracker();
    await sandbox.transfer('writer', number, 'acme/shop');
    await sandbox.advance('PT6M');
    const trackers = await sandbox.trackers();
    expect(trackers.map(({ state }) => state)).toEqual(['open']);
    expect(trackers[0].number).not.toBe(number);
    expect((await writes(sandbox)).length).toBeGreaterThan(0);
  });
});
