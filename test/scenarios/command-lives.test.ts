import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Loose, type Sandbox, type Who, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const DONE = ['yardmaster[bot]: +1'];
const REFUSED = ['yardmaster[bot]: confused'];
const LIST = 'issues/list-comments-for-repo';

/** What became of a comment. */
interface Answered {
  readonly reactions: readonly string[];
  readonly said: readonly string[];
}

async function answered(sandbox: Sandbox, number: number, comment: Loose): Promise<Answered> {
  const all: Loose[] = await sandbox.repo('admin', 'GET', `/issues/${number}/comments?per_page=100`);
  const own = all.filter((each) => each.id > comment.id && each.user.login === 'yardmaster[bot]');
  const said = own.map((each) => each.body.replace(/\s*<!--[^>]*-->\s*$/, ''));
  return { reactions: await sandbox.reactions(comment), said };
}

/** Comments, lets the bot do what it does, and gives what became of it. */
async function say(sandbox: Sandbox, who: Who, number: number, body: string): Promise<Answered> {
  const comment = await sandbox.comment(who, number, body);
  await sandbox.settle();
  return answered(sandbox, number, comment);
}

/** How often a label was put on and taken off, as GitHub's page of the issue shows it. */
async function labelEvents(sandbox: Sandbox, number: number, label: string): Promise<string[]> {
  const events: Loose[] = await sandbox.repo('admin', 'GET', `/issues/${number}/timeline?per_page=100`);
  return events
    .filter((event) => event.label?.name === label)
    .map((event) => `${event.event} by ${event.actor.login}`);
}

describe('in a repository that shows no other sign of wanting the app', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ seed: smallSeed() });
    await sandbox.faults({ webhooks: { drop: 1 } });
  });
  afterAll(() => sandbox.stop());

  test('a sweep asks for the comments once, and writes nothing', async () => {
    await sandbox.advance('PT1M');
    await sandbox.comment('writer', 1, 'Words');
    await sandbox.forgetRequests();
    await sandbox.advance('PT31M');
    const asked = await sandbox.asked();
    expect(asked.filter(({ operation }) => operation === LIST)).toHaveLength(1);
    expect(asked.filter(({ kind }) => kind === 'write')).toEqual([]);
  });

  test('a bare command is left to other bots', async () => {
    const comment = await sandbox.comment('writer', 1, '/deploy');
    await sandbox.advance('PT31M');
    expect(await answered(sandbox, 1, comment)).toEqual({ reactions: [], said: [] });
    expect(await sandbox.labels(1)).toEqual([]);
  });

  test('a sweep finds a deploy with one request for the comments, and deploys', async () => {
    const comment = await sandbox.comment('writer', 2, '/subagent deploy');
    await sandbox.forgetRequests();
    await sandbox.advance('PT31M');
    const asked = await sandbox.asked();
    const untilWritten = asked.slice(
      0,
      asked.findIndex(({ kind }) => kind === 'write'),
    );
    expect(untilWritten.filter(({ operation }) => operation === LIST)).toHaveLength(1);
    expect(await answered(sandbox, 2, comment)).toEqual({ reactions: DONE, said: [] });
    expect(await sandbox.labels(2)).toEqual(['deploy-subagent']);
    expect(await sandbox.task(2)).toContain('Approved by `linus`');
    expect(await sandbox.pulls()).toHaveLength(1);
  });

  test('once there is a deployment, bare commands on other issues still belong to other bots', async () => {
    const bare = await sandbox.comment('writer', 1, '/hold');
    const prefixed = await sandbox.comment('writer', 1, '/subagent hold');
    await sandbox.advance('PT31M');
    expect(await sandbox.reactions(bare)).toEqual([]);
    expect(await answered(sandbox, 1, prefixed)).toEqual({
      reactions: REFUSED,
      said: ['@linus: nothing to hold on #1: it is not part of the deployment.'],
    });
  });

  test('a bare command from before its issue was deployed is run once it is', async () => {
    const comment = await sandbox.comment('writer', 1, '/hold -- not before Monday');
    await sandbox.comment('writer', 1, '/subagent deploy');
    await sandbox.advance('PT31M');
    expect(await sandbox.task(1)).toContain('Approved by `linus`');
    expect(await sandbox.reactions(comment)).toEqual(DONE);
    expect(await sandbox.labels(1)).toEqual(['deploy-subagent', 'subagent:hold']);
  });
});

describe('a command that is heard of more than once', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ seed: smallSeed() });
    await sandbox.deploy(1, 2);
  });
  afterAll(async () => {
    await sandbox.faults({});
    await sandbox.stop();
  });

  test.each([
    ['two deliveries at once', { duplicate: 1 }],
    ['two deliveries, the second one late', { duplicate: 1, delay: 'PT20S', reorder: true }],
  ])('%s: one label, one reply, one reaction', async (_what, webhooks) => {
    await sandbox.faults({ webhooks });
    const before = await labelEvents(sandbox, 1, 'subagent:hold');
    const both = await sandbox.comment('triager', 1, '/status\n/hold -- once');
    await sandbox.advance('PT2M');
    const { reactions, said } = await answered(sandbox, 1, both);
    expect([reactions, said.length]).toEqual([DONE, 1]);
    expect(await labelEvents(sandbox, 1, 'subagent:hold')).toEqual([...before, 'labeled by yardmaster[bot]']);
    await sandbox.unlabel('writer', 1, 'subagent:hold');
    await sandbox.advance('PT2M');
    expect(await sandbox.labels(1)).not.toContain('subagent:hold');
  });

  test('a bot that ends between the effect and the reaction: one label, one reply, one reaction', async () => {
    const operation = 'reactions/create-for-issue-comment';
    await sandbox.faults({
      requests: [{ match: { operation }, when: 'before', answer: 'hangup', times: 1000 }],
    });
    const comment = await sandbox.comment('triager', 2, '/status\n/hold -- once');
    await sandbox.settle();
    expect(await sandbox.reactions(comment)).toEqual([]);
    expect(await sandbox.labels(2)).toContain('subagent:hold');
    await sandbox.faults({});
    await sandbox.restartBot();
    await sandbox.advance('PT6M');
    const { reactions, said } = await answered(sandbox, 2, comment);
    expect([reactions, said.length]).toEqual([DONE, 1]);
    expect(await labelEvents(sandbox, 2, 'subagent:hold')).toEqual(['labeled by yardmaster[bot]']);
  });

  test('a reaction of which the answer is lost is not made twice', async () => {
    const operation = 'reactions/create-for-issue-comment';
    await sandbox.faults({ requests: [{ match: { operation }, when: 'after', answer: 'hangup' }] });
    const comment = await sandbox.comment('writer', 2, '/unhold');
    await sandbox.settle();
    await sandbox.faults({});
    await sandbox.restartBot();
    await sandbox.advance('PT6M');
    expect(await answered(sandbox, 2, comment)).toEqual({ reactions: DONE, said: [] });
    expect(await labelEvents(sandbox, 2, 'subagent:hold')).toEqual([
      'labeled by yardmaster[bot]',
      'unlabeled by yardmaster[bot]',
    ]);
  });
});

describe('a comment that does not stay as it was', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ seed: smallSeed() });
    await sandbox.deploy(1, 2);
  });
  afterAll(() => sandbox.stop());

  async function edit(who: Who, comment: Loose, body: string): Promise<void> {
    await sandbox.repo(who, 'PATCH', `/issues/comments/${comment.id}`, { body });
  }

  /** Comments while the bot hears nothing, does something to the comment, and lets a sweep find it. */
  async function unheard(
    number: number,
    body: string,
    change: (comment: Loose) => Promise<unknown>,
  ): Promise<Loose> {
    await sandbox.faults({ webhooks: { drop: 1 } });
    const comment = await sandbox.comment('writer', number, body);
    await change(comment);
    await sandbox.faults({});
    await sandbox.advance('PT6M');
    return comment;
  }

  test.each(['/merge', '/cancel', '/deploy\n/hold', '/override -- I say so'])(
    'an accepted /status that its author turns into %j does nothing',
    async (words) => {
      const comment = await sandbox.comment('maintainer', 1, '/status');
      await sandbox.settle();
      const before = await answered(sandbox, 1, comment);
      const [labels, gate] = [await sandbox.labels(1), await sandbox.gateOf(1)];
      await edit('maintainer', comment, words);
      await sandbox.advance('PT6M');
      await sandbox.restartBot();
      await sandbox.advance('PT6M');
      expect(await answered(sandbox, 1, comment)).toEqual(before);
      expect(await sandbox.labels(1)).toEqual(labels);
      expect(await sandbox.gateOf(1)).toMatchObject({ id: gate.id, external_id: gate.external_id });
    },
  );

  test('a refused command that its author mends is not run: it is to be written again', async () => {
    const comment = await sandbox.comment('writer', 1, '/subagent hodl');
    await sandbox.settle();
    await edit('writer', comment, '/subagent hold');
    await sandbox.advance('PT6M');
    expect(await sandbox.reactions(comment)).toEqual(REFUSED);
    expect(await sandbox.labels(1)).not.toContain('subagent:hold');
  });

  test('what its author has edited before it was heard counts as it is now', async () => {
    const comment = await unheard(1, '/cancel', (one) => edit('writer', one, '/hold -- second thoughts'));
    expect(await answered(sandbox, 1, comment)).toEqual({ reactions: DONE, said: [] });
    expect(await sandbox.labels(1)).toEqual(['deploy-subagent', 'subagent:hold']);
    expect((await sandbox.pullOf(1)).state).toBe('open');
  });

  test('what somebody else has edited before it was heard is refused', async () => {
    const comment = await unheard(2, '/status', (one) => edit('admin', one, '/merge'));
    expect(await answered(sandbox, 2, comment)).toEqual({
      reactions: REFUSED,
      said: [expect.stringMatching(/^@linus: somebody else has edited this comment/)],
    });
    expect(await sandbox.labels(2)).toEqual(['deploy-subagent']);
  });

  test('what was deleted before it was heard is not run', async () => {
    await unheard(2, '/hold', (one) => sandbox.repo('writer', 'DELETE', `/issues/comments/${one.id}`));
    expect(await sandbox.labels(2)).toEqual(['deploy-subagent']);
  });

  test('a command that is deleted after it was run has run, and its words are gone', async () => {
    const comment = await sandbox.comment('writer', 2, '/hold -- words to be gone');
    await sandbox.settle();
    expect((await sandbox.gateOf(2)).output.title).toBe('On hold by linus: words to be gone');
    await sandbox.repo('writer', 'DELETE', `/issues/comments/${comment.id}`);
    await sandbox.advance('PT6M');
    expect(await sandbox.labels(2)).toContain('subagent:hold');
    expect((await sandbox.gateOf(2)).output.title).toMatch(/^On hold/);
  });
});

describe('on a closed issue', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ seed: smallSeed({ issues: [1, 2, 3].map((number) => ({ number })) }) });
    await sandbox.deploy(1, 2, 3);
    await sandbox.edit('writer', 1, { state: 'closed', state_reason: 'not_planned' });
    await sandbox.settle();
  });
  afterAll(() => sandbox.stop());

  test('a question is answered', async () => {
    const { reactions, said } = await say(sandbox, 'triager', 1, '/status');
    expect(reactions).toEqual(DONE);
    expect(said).toEqual([expect.stringContaining('#1')]);
  });

  test('nothing is asked to land', async () => {
    const { reactions } = await say(sandbox, 'writer', 1, '/merge');
    await sandbox.advance('PT6M');
    expect(reactions).not.toEqual([]);
    expect((await sandbox.pullOf(1)).merged_at).toBeNull();
  });

  test('by somebody below write, with its pull request open, a hold counts', async () => {
    const issue = await sandbox.openIssue('triager', 'Mine', 'Words');
    await sandbox.deploy(issue.number);
    await sandbox.edit('triager', issue.number, { state: 'closed' });
    await sandbox.settle();
    const { state } = await sandbox.pullOf(issue.number);
    const { reactions } = await say(sandbox, 'triager', issue.number, '/hold -- closed by mistake');
    expect([state, reactions]).toEqual(['open', DONE]);
    expect(await sandbox.labels(issue.number)).toContain('subagent:hold');
  });
});

describe('a comment that is too much', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ seed: smallSeed({ issues: [1, 2, 3].map((number) => ({ number })) }) });
    await sandbox.deploy(1, 2);
  });
  afterAll(() => sandbox.stop());

  test('of 65,536 characters, with a command at its end, is run', async () => {
    const command = '\n\n/hold -- read to the end';
    const body = `${'word '.repeat(14_000).slice(0, 65_536 - command.length)}${command}`;
    expect(body).toHaveLength(65_536);
    expect(await say(sandbox, 'writer', 1, body)).toEqual({ reactions: DONE, said: [] });
    expect(await sandbox.labels(1)).toContain('subagent:hold');
    expect((await sandbox.gateOf(1)).output.title).toBe('On hold by linus: read to the end');
  });

  test('of nothing but commands runs none of them, and is answered within what GitHub takes', async () => {
    const body = '/hold\n'.repeat(10_922);
    const { reactions, said } = await say(sandbox, 'writer', 2, body);
    expect([reactions, said.length]).toEqual([REFUSED, 1]);
    expect(await sandbox.labels(2)).toEqual(['deploy-subagent']);
  });

  test('of nothing but wrong commands is answered within what GitHub takes', async () => {
    const body = '/subagent hodl\n'.repeat(4369);
    const { reactions, said } = await say(sandbox, 'writer', 2, body);
    expect([reactions, said.length]).toEqual([REFUSED, 1]);
  });

  test('one of several commands that GitHub refuses half way: its sentence is shown once, and nothing is tried again', async () => {
    const sentence = 'Blocked by a rule of this organization';
    await sandbox.faults({
      requests: [
        {
          match: { method: 'POST', path: '/repos/*/*/issues/2/dependencies/blocked_by' },
          when: 'before',
          answer: { status: 403, body: { message: sentence } },
          times: 1000,
        },
      ],
    });
    const comment = await sandbox.comment('writer', 2, '/hold -- first\n/depends-on #3\n/priority p0');
    await sandbox.advance('PT1M');
    const { reactions, said } = await answered(sandbox, 2, comment);
    expect(reactions).toEqual(REFUSED);
    expect(said).toEqual([expect.stringContaining(sentence)]);
    expect(await sandbox.labels(2)).toEqual(['deploy-subagent', 'subagent:hold']);
    await sandbox.forgetRequests();
    await sandbox.advance('PT31M');
    expect((await sandbox.asked()).filter(({ kind }) => kind === 'write')).toEqual([]);
    await sandbox.faults({});
    await sandbox.advance('PT31M');
    expect(await sandbox.blockedBy(2)).toEqual([]);
    expect((await answered(sandbox, 2, comment)).said).toHaveLength(1);
  });
});

test('where GitHub takes no reply but a reaction, the comment ends with 😕 and is not tried again', async () => {
  const sandbox = await startSandbox({ seed: smallSeed() });
  try {
    await sandbox.deploy(1);
    const match = { operation: 'issues/create-comment' };
    const answer = { status: 403, body: { message: 'You are blocked' } };
    await sandbox.faults({ requests: [{ match, when: 'before', answer, times: 1000 }] });
    const question = await sandbox.comment('writer', 1, '/status');
    await sandbox.advance('PT1M');
    expect(await answered(sandbox, 1, question)).toEqual({ reactions: REFUSED, said: [] });
    await sandbox.forgetRequests();
    await sandbox.advance('PT31M');
    const writes = (await sandbox.asked()).filter(({ kind }) => kind === 'write');
    expect(writes.map(({ operation }) => operation)).not.toContain(match.operation);
  } finally {
    await sandbox.stop();
  }
});

describe('roles', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ seed: smallSeed() });
    await sandbox.deploy(1, 2);
  });
  afterAll(() => sandbox.stop());

  const ROLE = '/repos/acme/market/collaborators/linus/permission';

  test('while GitHub cannot tell the role of one person, only their commands wait', async () => {
    await sandbox.faults({
      requests: [
        {
          match: { path: ROLE },
          when: 'before',
          answer: { status: 500, body: { message: 'Oops' } },
          times: 1000,
        },
      ],
    });
    const unknown = await sandbox.comment('writer', 1, '/hold -- of linus');
    const known = await sandbox.comment('triager', 2, '/hold -- of tove');
    await sandbox.advance('PT1M');
    expect(await answered(sandbox, 1, unknown)).toEqual({ reactions: [], said: [] });
    expect(await answered(sandbox, 2, known)).toEqual({ reactions: DONE, said: [] });
    expect(await sandbox.labels(1)).not.toContain('subagent:hold');
    expect(await sandbox.labels(2)).toContain('subagent:hold');
    await sandbox.faults({});
    await sandbox.advance('PT6M');
    expect(await answered(sandbox, 1, unknown)).toEqual({ reactions: DONE, said: [] });
    expect(await sandbox.labels(1)).toContain('subagent:hold');
  });

  /** Gives somebody another role, as an administrator does on the page of collaborators. */
  async function setRole(login: string, permission: string): Promise<void> {
    await sandbox.repo('admin', 'PUT', `/collaborators/${login}`, { permission });
  }

  test('who has lost write is refused with their very next command', async () => {
    await sandbox.advance('PT1M');
    expect((await say(sandbox, 'writer', 1, '/unhold')).reactions).toEqual(DONE);
    await setRole('linus', 'triage');
    await sandbox.advance('PT1S');
    expect(await say(sandbox, 'writer', 2, '/unhold')).toEqual({
      reactions: REFUSED,
      said: ['@linus: `unhold` needs the *write* role; you have *triage*.'],
    });
    expect(await sandbox.labels(2)).toContain('subagent:hold');
    await setRole('linus', 'push');
    await sandbox.advance('PT1S');
    expect((await say(sandbox, 'writer', 2, '/unhold')).reactions).toEqual(DONE);
  });
});
