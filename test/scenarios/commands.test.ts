import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Loose, type Sandbox, type Who, startSandbox } from '../support/sandbox.js';

const DONE = ['yardmaster[bot]: +1'];
const REFUSED = ['yardmaster[bot]: confused'];
let sandbox: Sandbox;

/** Comments, and gives the reactions to it and what the bot said below it. */
async function say(who: Who, number: number, body: string): Promise<{ reactions: string[]; said: string[] }> {
  const comment = await sandbox.comment(who, number, body);
  return heard(number, comment);
}

async function heard(number: number, comment: Loose): Promise<{ reactions: string[]; said: string[] }> {
  await sandbox.settle();
  const all: Loose[] = await sandbox.repo('admin', 'GET', `/issues/${number}/comments?per_page=100`);
  const said = all.filter((each) => each.id > comment.id && each.user.login === 'yardmaster[bot]');
  return { reactions: await sandbox.reactions(comment), said: said.map((each) => withoutMarker(each.body)) };
}

function withoutMarker(body: string): string {
  return body.replace(/\s*<!--[^>]*-->\s*$/, '');
}

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

describe('deploy', () => {
  test('on an issue without the label: the approval is that of the author of the comment', async () => {
    expect(await say('writer', 8, '/subagent deploy')).toEqual({ reactions: DONE, said: [] });
    expect(await sandbox.labels(8)).toContain('deploy-subagent');
    expect(await sandbox.task(8)).toContain('Approved by `linus`');
    expect((await sandbox.pullOf(8)).assignees.map((user: Loose) => user.login)).toEqual(['linus']);
  });

  test('by a triager is refused with one reply', async () => {
    expect(await say('triager', 4, '/subagent deploy')).toEqual({
      reactions: REFUSED,
      said: ['@tove: `deploy` needs the *write* role; you have *triage*.'],
    });
    expect(await sandbox.labels(4)).not.toContain('deploy-subagent');
  });

  test('by an outsider gets one 😕 and makes the bot write nothing else', async () => {
    await sandbox.advance('PT1M');
    await sandbox.forgetRequests();
    expect(await say('outsider', 4, '/subagent deploy')).toEqual({ reactions: REFUSED, said: [] });
    await sandbox.advance('PT10M');
    const writes = (await sandbox.requests()).filter((request) => request.kind === 'write');
    expect(writes.map((request) => request.operation)).toEqual(['reactions/create-for-issue-comment']);
  });

  test('of several issues and in several lines', async () => {
    const { number } = await sandbox.tracker();
    expect(await say('maintainer', number, 'Go on with these:\n\n/deploy #6\n/deploy #5')).toEqual({
      reactions: DONE,
      said: [],
    });
    expect(await sandbox.branches()).toEqual([
      'feature/issue-5',
      'feature/issue-6',
      'feature/issue-8',
      'main',
    ]);
  });
});

describe('what is no command, or a wrong one', () => {
  test('a verb that there is not is answered with the nearest', async () => {
    expect(await say('admin', 8, '/subagent hodl')).toEqual({
      reactions: REFUSED,
      said: ["@ada: I don't know `hodl`. Did you mean `hold`? `/subagent help` lists all commands."],
    });
  });

  test.each([
    ['a bare word of another bot', '/rebase'],
    ['code', '```\n/hold\n```'],
    ['a quote', '> /hold'],
    ['a list', '- /hold'],
    ['an HTML comment', '<!--\n/hold\n-->'],
  ])('%s is left alone', async (_what, body) => {
    expect(await say('writer', 8, body)).toEqual({ reactions: [], said: [] });
    expect(await sandbox.labels(8)).not.toContain('subagent:hold');
  });

  test('one bad line: nothing of the comment runs', async () => {
    const { reactions, said } = await say('writer', 8, '/hold\n/subagent depends-on');
    expect(reactions).toEqual(REFUSED);
    expect(said).toEqual([expect.stringMatching(/^@linus: .*Nothing was run\.$/s)]);
    expect(await sandbox.labels(8)).not.toContain('subagent:hold');
  });

  test('a comment that somebody else has edited is refused', async () => {
    await sandbox.faults({ webhooks: { drop: 1 } });
    const comment = await sandbox.comment('writer', 8, 'Looks good');
    await sandbox.repo('maintainer', 'PATCH', `/issues/comments/${comment.id}`, { body: '/cancel' });
    await sandbox.faults({});
    await sandbox.advance('PT5M');
    const { reactions, said } = await heard(8, comment);
    expect(reactions).toEqual(REFUSED);
    expect(said).toEqual([expect.stringContaining('somebody else has edited this comment')]);
    expect((await sandbox.pullOf(8)).state).toBe('open');
  });
});

describe('hold and unhold', () => {
  test('hold by a triager, on the pull request, says why in the gate and in the tracking issue', async () => {
    const pull = await sandbox.pullOf(8);
    expect(await say('triager', pull.number, '/hold -- waiting for legal')).toEqual({
      reactions: DONE,
      said: [],
    });
    expect(await sandbox.labels(8)).toContain('subagent:hold');
    const gate = await sandbox.gateOf(8);
    expect([gate.status, gate.output.title]).toEqual(['in_progress', 'On hold by tove: waiting for legal']);
    expect((await sandbox.tracker()).body).toContain('On hold by tove: waiting for legal');
  });

  test('unhold needs write', async () => {
    const { reactions, said } = await say('triager', 8, '/unhold');
    expect([reactions, said]).toEqual([
      REFUSED,
      ['@tove: `unhold` needs the *write* role; you have *triage*.'],
    ]);
    expect(await sandbox.labels(8)).toContain('subagent:hold');
    expect(await say('writer', 8, '/unhold')).toEqual({ reactions: DONE, said: [] });
    expect(await sandbox.labels(8)).not.toContain('subagent:hold');
    expect((await sandbox.gateOf(8)).conclusion).toBe('success');
  });

  test('all, on the tracking issue', async () => {
    const { number } = await sandbox.tracker();
    await say('writer', number, '/hold all -- release day');
    for (const issue of [8, 6, 5]) expect(await sandbox.labels(issue)).toContain('subagent:hold');
    await say('writer', number, '/unhold all');
    for (const issue of [8, 6, 5]) expect(await sandbox.labels(issue)).not.toContain('subagent:hold');
  });
});

describe('depends-on', () => {
  test('by a triager adds a native dependency, and the gate waits', async () => {
    expect(await say('triager', 5, '/depends-on #6')).toEqual({ reactions: DONE, said: [] });
    expect(await sandbox.blockedBy(5)).toEqual([6]);
    const pull = await sandbox.pullOf(6);
    expect((await sandbox.gateOf(5)).output.title).toBe(`Waits for #6 (pull request #${pull.number})`);
  });

  test('that would close a cycle is refused with its path', async () => {
    await say('writer', 8, '/depends-on #5');
    expect(await say('writer', 6, '/depends-on #8')).toEqual({
      reactions: REFUSED,
      said: ['@linus: #8 already waits for #6 (#8 → #5 → #6), so #6 cannot wait for #8.'],
    });
    expect(await sandbox.blockedBy(6)).toEqual([]);
  });

  test('on an issue outside of the deployment, or on one that there is not', async () => {
    expect(await say('writer', 5, '/depends-on #4')).toEqual({ reactions: DONE, said: [] });
    expect(await sandbox.blockedBy(5)).toEqual([6, 4]);
    const { reactions, said } = await say('writer', 5, '/depends-on #999');
    expect(reactions).toEqual(REFUSED);
    expect(said).toEqual([expect.stringMatching(/^@linus: #5 cannot wait for #999: there is no issue/)]);
  });
});

describe('questions', () => {
  test('status says where it stands', async () => {
    const { reactions, said } = await say('triager', 5, '/status');
    expect(reactions).toEqual(DONE);
    expect(said).toEqual([
      expect.stringMatching(/^@tove: .*- #5: 💤 not started.*waits for #6, #4.*position 2 of 3/s),
    ]);
  });

  test('help lists the commands, and explains one', async () => {
    const all = await say('triager', 8, '/subagent help');
    expect([all.reactions, all.said.length]).toEqual([DONE, 1]);
    expect(all.said[0]).toContain('depends-on #4');
    const one = await say('triager', 8, '/help hold');
    expect(one.said[0]).toContain('hold -- waiting for legal');
  });
});

describe('ready, merge and cancel', () => {
  test('ready marks the pull request, and the task file goes', async () => {
    await sandbox.work(6, { 'rag.py': 'print("async")\n' });
    expect((await say('writer', 6, '/ready')).reactions).toEqual(DONE);
    await sandbox.advance('PT1M');
    const pull = await sandbox.pullOf(6);
    expect(pull.draft).toBe(false);
    const files: Loose[] = await sandbox.repo('admin', 'GET', `/pulls/${pull.number}/files`);
    expect(files.map((file) => file.filename)).toEqual(['rag.py']);
  });

  test('merge all asks for every member to land', async () => {
    const { number } = await sandbox.tracker();
    await say('writer', 6, '/hold');
    expect((await say('writer', number, '/merge all')).reactions).toEqual(DONE);
    for (const issue of [8, 6, 5]) expect(await sandbox.labels(issue)).toContain('subagent:merge');
  });

  test('cancel closes the pull request and keeps the branch', async () => {
    expect(await say('writer', 6, '/cancel')).toEqual({ reactions: DONE, said: [] });
    await sandbox.advance('PT1M');
    expect((await sandbox.pullOf(6)).state).toBe('closed');
    expect(await sandbox.labels(6)).not.toContain('deploy-subagent');
    expect(await sandbox.branches()).toContain('feature/issue-6');
    expect((await sandbox.gateOf(5)).output.title).toContain('Cannot wait for #6');
  });

  test('what is no member is told so', async () => {
    const { reactions, said } = await say('writer', 4, '/subagent hold');
    expect([reactions, said]).toEqual([
      REFUSED,
      ['@linus: nothing to hold on #4: it is not part of the deployment.'],
    ]);
  });
});

/** The bot gets no further than to that request. */
async function cutOffBefore(operation: string): Promise<void> {
  await sandbox.faults({
    requests: [{ match: { operation }, when: 'before', answer: 'hangup', times: 1000 }],
  });
}

test('a bot that is cut off between the effect and the reaction does not run the command twice', async () => {
  await cutOffBefore('reactions/create-for-issue-comment');
  const comment = await sandbox.comment('writer', 8, '/hold -- once');
  await sandbox.settle();
  expect(await sandbox.labels(8)).toContain('subagent:hold');
  expect(await sandbox.reactions(comment)).toEqual([]);
  await sandbox.advance('PT2S');
  await sandbox.unlabel('writer', 8, 'subagent:hold');
  await sandbox.faults({});
  await sandbox.restartBot();
  await sandbox.advance('PT5M');
  expect(await sandbox.reactions(comment)).toEqual(DONE);
  expect(await sandbox.labels(8)).not.toContain('subagent:hold');
});

test('a question is answered once, although the process ends before its reaction', async () => {
  await cutOffBefore('reactions/create-for-issue-comment');
  const comment = await sandbox.comment('writer', 8, '/status');
  await sandbox.settle();
  await sandbox.faults({});
  await sandbox.restartBot();
  await sandbox.advance('PT5M');
  const { reactions, said } = await heard(8, comment);
  expect([reactions, said.length]).toEqual([DONE, 1]);
});
