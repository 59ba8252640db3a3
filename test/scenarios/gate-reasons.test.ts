import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createCi, headOf, landed, rowOf, say, untilQuiet, workOn } from '../support/landing.js';
import { type Loose, type Sandbox, type Who, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const FREE = ['success', 'Free to merge: nothing to wait for'];
const DONE = ['yardmaster[bot]: +1'];
const REACTION = { operation: 'reactions/create-for-issue-comment' };
const SHARES = 'shares:scan.py';

let sandbox: Sandbox;

/** The gate of an issue: its conclusion and title. */
async function verdict(issue: number): Promise<unknown[]> {
  const { conclusion, output } = await sandbox.gateOf(issue);
  return [conclusion, output.title];
}

const tracking = async (): Promise<string> => (await sandbox.tracker()).body;

/** No request of that kind is answered. */
function hangup(match: object, when: 'before' | 'after'): object {
  return { requests: [{ match, when, answer: 'hangup', times: 1000 }] };
}

describe('a dependency that will not be merged', () => {
  beforeAll(async () => {
    const issues = [
      ...[1, 2, 3, 4, 5].map((number) => ({ number, blocked_by: [number + 10] })),
      ...[11, 12, 13, 14, 15].map((number) => ({ number })),
    ];
    sandbox = await startSandbox({ seed: smallSeed({ issues }) });
    await sandbox.deploy(1, 2, 3, 4, 5, 14);
    await sandbox.edit('writer', 11, { state: 'closed', state_reason: 'duplicate' });
    await sandbox.edit('writer', 12, { state: 'closed', state_reason: 'not_planned' });
    await sandbox.edit('triager', 13, { state: 'closed', state_reason: 'completed' });
    const { number } = await sandbox.pullOf(14);
    await sandbox.repo('writer', 'PATCH', `/pulls/${number}`, { state: 'closed' });
    await sandbox.advance('PT1M');
  }, 60_000);
  afterAll(() => sandbox.stop());

  test.each([
    [1, '#11', 'it was closed as a duplicate'],
    [2, '#12', 'it was closed as not planned'],
    [3, '#13', 'it was closed by tove, who may not free others'],
    [4, '#14', 'the pull request was closed without merging'],
  ])('fails the gate of #%i, says how %s ended, and both ways out', async (issue, blocker, how) => {
    const gate = await sandbox.gateOf(issue);
    expect([gate.status, gate.conclusion, gate.output.title]).toEqual([
      'completed',
      'failure',
      `Cannot wait for ${blocker}: ${how}`,
    ]);
    const { summary } = gate.output;
    expect(summary).toContain(`If ${blocker} is still needed: somebody with write reopens it`);
    expect(summary).toContain('If not: a person with write removes it');
    expect(summary).toContain(`/issues/${(await sandbox.tracker()).number})`);
    expect(await rowOf(sandbox, issue)).toContain(
      `Cannot wait for #\u200b${blocker.slice(1)}: ${how.slice(0, 25)}`,
    );
    expect(await sandbox.comments(issue)).toEqual([]);
  });

  test('keeps no other gate closed', async () => {
    expect(await verdict(5)).toEqual([null, 'Waits for #15']);
  });

  test('frees once somebody with write has closed it as completed', async () => {
    await sandbox.edit('writer', 13, { state: 'open' });
    await sandbox.edit('writer', 13, { state: 'closed', state_reason: 'completed' });
    await sandbox.settle();
    expect(await verdict(3)).toEqual(FREE);
  });

  test('is waited for again once it is deployed again', async () => {
    await say(sandbox, 'writer', 14, '/deploy');
    const { number } = await sandbox.pullOf(14);
    expect(await verdict(4)).toEqual([null, `Waits for #14 (pull request #${number})`]);
  });

  test('that nobody tells how it was closed keeps the gate closed, and the repair alone frees it', async () => {
    const errors = [{ path: ['nodes', 0], message: 'Something went wrong' }];
    const answer = { status: 200, body: { data: { nodes: [null] }, errors } };
    const match = { operation: 'Closings' };
    await sandbox.faults({ requests: [{ match, when: 'before', answer, times: 1000 }] });
    await sandbox.edit('writer', 15, { state: 'closed', state_reason: 'completed' });
    await sandbox.advance('PT6M');
    expect((await sandbox.fired())[0]).toBeGreaterThan(0);
    expect(await verdict(5)).toEqual(['failure', expect.stringMatching(/^Cannot read #15: /)]);
    const { head, updated_at: updated } = await sandbox.pullOf(5);
    await sandbox.faults({});
    await sandbox.advance('PT11M');
    expect(await verdict(5)).toEqual(FREE);
    expect(await sandbox.pullOf(5)).toMatchObject({ head: { sha: head.sha }, updated_at: updated });
  });
});

describe('a dependency that is not in the repository', () => {
  /** Of another repository. */
  async function ask(method: string, path: string, body?: object, who: Who = 'admin'): Promise<Loose> {
    const answer = await sandbox.ask(who, method, `/repos/${path}`, body);
    if (answer.status >= 400) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async function waitFor(issue: number, path: string): Promise<void> {
    const { id } = await ask('GET', path);
    await sandbox.repo('admin', 'POST', `/issues/${issue}/dependencies/blocked_by`, { issue_id: id });
  }

  beforeAll(async () => {
    const issues = [...[1, 2, 3, 4, 5].map((number) => ({ number })), { number: 11 }];
    sandbox = await startSandbox({
      seed: smallSeed({
        issues,
        others: [
          {
            repository: 'acme/lib',
            public: false,
            files: { 'README.md': '# Lib\n' },
            roles: { olaf: 'maintain' },
            issues: [
              { number: 7, title: 'A parser' },
              { number: 8, title: 'A lexer' },
              { number: 9, title: 'A printer' },
            ],
          },
          { repository: 'umbrella/safe', public: false, issues: [{ number: 9, title: 'A secret' }] },
        ],
      }),
    });
    await waitFor(1, 'acme/lib/issues/7');
    await waitFor(2, 'acme/lib/issues/8');
    await waitFor(3, 'umbrella/safe/issues/9');
    await waitFor(4, 'acme/market/issues/11');
    await sandbox.deploy(1, 2, 3, 4, 5);
  }, 60_000);
  afterAll(() => sandbox.stop());

  test('is waited for, if the bot is installed there', async () => {
    expect(await verdict(1)).toEqual([null, 'Waits for acme/lib#7']);
    expect(await verdict(2)).toEqual([null, 'Waits for acme/lib#8']);
    expect(await tracking()).toContain('acme/lib#7');
  });

  test('frees when it is closed as completed there, without any event here', async () => {
    await ask('PATCH', 'acme/lib/issues/7', { state: 'closed', state_reason: 'completed' });
    await sandbox.advance('PT6M');
    expect(await verdict(1)).toEqual(FREE);
    expect(await verdict(2)).toEqual([null, 'Waits for acme/lib#8']);
  });

  test('frees when a pull request closes it that somebody without a role here has merged there', async () => {
    const { object } = await ask('GET', 'acme/lib/git/ref/heads/main');
    await ask('POST', 'acme/lib/git/refs', { ref: 'refs/heads/lexer', sha: object.sha });
    const content = Buffer.from('lex = 1\n').toString('base64');
    await ask('PUT', 'acme/lib/contents/lexer.py', { message: 'Lex', content, branch: 'lexer' });
    const body = { title: 'Lex', head: 'lexer', base: 'main', body: 'Closes #8' };
    const { number } = await ask('POST', 'acme/lib/pulls', body);
    await ask('PUT', `acme/lib/pulls/${number}/merge`, {}, 'outsider');
    expect(await ask('GET', 'acme/lib/issues/8')).toMatchObject({ state: 'closed' });
    await sandbox.advance('PT6M');
    expect(await verdict(2)).toEqual(FREE);
  });

  test('that only the text names is not read, until somebody makes it a dependency', async () => {
    const { number } = await sandbox.openIssue('writer', 'Print', 'Depends on acme/lib#9');
    await sandbox.deploy(number);
    const why = 'it is in another repository, and nobody has made it a dependency on GitHub';
    expect(await verdict(number)).toEqual(['failure', `Cannot read acme/lib#9: ${why}`]);
    await waitFor(number, 'acme/lib/issues/9');
    await sandbox.settle();
    expect(await verdict(number)).toEqual([null, 'Waits for acme/lib#9']);
  });

  const LOST =
    'Cannot read all dependencies: an issue that it depended on was deleted, or is hidden from this app';

  test('fails the gate where the bot may not look, and names nothing of it', async () => {
    expect(await verdict(3)).toEqual(['failure', LOST]);
    const { summary } = (await sandbox.gateOf(3)).output;
    const body = await tracking();
    expect(body).toContain('Cannot read all dependencies');
    expect(`${summary}${body}`).not.toMatch(/umbrella|secret/i);
    expect(await sandbox.comments(3)).toEqual([]);
  });

  test('fails the gate once it is deleted, in another process, too', async () => {
    expect(await verdict(4)).toEqual([null, 'Waits for #11']);
    const { node_id: id } = await sandbox.issue(11);
    const mutation = 'mutation ($id: ID!) { deleteIssue(input: { issueId: $id }) { clientMutationId } }';
    expect(await sandbox.graphql('admin', mutation, { id })).not.toHaveProperty('errors');
    await sandbox.settle();
    expect(await sandbox.blockedBy(4)).toEqual([]);
    expect(await verdict(4)).toEqual(['failure', LOST]);
    await sandbox.restartBot();
    await sandbox.advance('PT1H');
    expect(await verdict(4)).toEqual(['failure', LOST]);
    expect(await verdict(5)).toEqual(FREE);
  });

  test('a maintainer lets such a head pass, as the gate says', async () => {
    expect((await sandbox.gateOf(4)).output.summary).toContain('/subagent override');
    await say(sandbox, 'maintainer', 4, '/override -- it was spam');
    const { sha } = (await sandbox.pullOf(4)).head;
    const title = `Order overridden by grace for ${sha.slice(0, 7)}: it was spam`;
    expect(await verdict(4)).toEqual(['success', title]);
    expect(await verdict(3)).toEqual(['failure', LOST]);
  });
});

describe('an override that is cut off', () => {
  beforeAll(async () => {
    const issues = [...[1, 2, 3].map((number) => ({ number, blocked_by: [9] })), { number: 9 }];
    sandbox = await startSandbox({ seed: smallSeed({ issues }) });
    await sandbox.deploy(1, 2, 3);
    await sandbox.advance('PT1M');
  }, 60_000);
  afterAll(() => sandbox.stop());

  const thumb = (when: 'before' | 'after') => () => hangup(REACTION, when);
  /** The comment is the next effect, its gate the one after that. */
  const all = (effects: number) => ({ cut: { after: effects + 2 } });

  test.each([
    [1, 'before its 👍', thumb('before'), []],
    [2, 'before the answer to its 👍', thumb('after'), DONE],
    [3, 'from the moment of its gate', all, []],
  ] as const)('on #%i, %s, stands once', async (issue, _, faultsAfter, during) => {
    const effects = Math.max(...(await sandbox.requests()).flatMap((request) => request.effects));
    await sandbox.faults(faultsAfter(effects));
    const comment = await sandbox.comment('maintainer', issue, '/override -- agreed with ops');
    await sandbox.settle();
    const { sha } = (await sandbox.pullOf(issue)).head;
    const title = `Order overridden by grace for ${sha.slice(0, 7)}: agreed with ops`;
    expect(await verdict(issue)).toEqual(['success', title]);
    expect(await sandbox.reactions(comment)).toEqual(during);
    await sandbox.faults({});
    await sandbox.restartBot();
    await sandbox.advance('PT31M');
    expect(await sandbox.reactions(comment)).toEqual(DONE);
    expect(await sandbox.comments(issue)).toEqual(['/override -- agreed with ops']);
    const path = `/commits/${sha}/check-runs?check_name=merge-order&filter=all`;
    const { check_runs: runs } = await sandbox.repo('admin', 'GET', path);
    const successes = runs.filter((run: Loose) => run.conclusion === 'success');
    expect(successes.map((run: Loose) => run.output.title)).toEqual([title]);
    expect(await verdict(issue)).toEqual(['success', title]);
  });
});

describe('a chain beside two that share code', () => {
  let start: string;
  let ci: ReturnType<typeof createCi>;

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({
        issues: [
          { number: 1 },
          ...[2, 3, 4].map((number) => ({ number, blocked_by: [number - 1] })),
          ...[7, 8].map((number) => ({ number, labels: [SHARES] })),
        ],
        config: { merge: { method: 'squash' } },
      }),
    });
    await sandbox.deploy(1, 2, 3, 4, 7, 8);
    await workOn(sandbox, [1, 7, 8]);
    ci = createCi(sandbox);
    await ci.run();
    await sandbox.advance('PT1M');
    start = await headOf(sandbox, 'main');
  }, 60_000);
  afterAll(() => sandbox.stop());

  const links = (...issues: number[]) => issues.map((issue) => `[#${issue}](../issues/${issue})`).join(' → ');

  test('the tracking issue shows the longest chain, which gets shorter as it lands', async () => {
    expect(await tracking()).toContain(`Longest chain: ${links(4, 3, 2, 1)}\n`);
    const { number } = await sandbox.pullOf(1);
    await sandbox.repo('writer', 'PUT', `/pulls/${number}/merge`, { merge_method: 'squash' });
    await sandbox.settle();
    expect(await tracking()).toContain(`Longest chain: ${links(4, 3, 2)}\n`);
    expect(await verdict(2)).toEqual(FREE);
    start = await headOf(sandbox, 'main');
  });

  test('nothing lands while the gates of those that share code cannot be written', async () => {
    await sandbox.faults(hangup({ mutation: 'createCheckRun' }, 'before'));
    await say(sandbox, 'writer', 7, '/merge');
    await sandbox.advance('PT6M');
    expect((await sandbox.fired())[0]).toBeGreaterThan(1);
    expect(await headOf(sandbox, 'main')).toBe(start);
    expect(await verdict(8)).toEqual(FREE);
    expect(await sandbox.labels(7)).toContain('subagent:merge');
  });

  test('and it lands once they can, and the other asks for the update', async () => {
    await sandbox.faults({});
    await sandbox.advance('PT11M');
    await untilQuiet(sandbox, ci);
    expect(await landed(sandbox)).toEqual([1, 7]);
    const { merge_commit_sha: merged } = await sandbox.pullOf(7);
    expect(await headOf(sandbox, 'main')).toBe(merged);
    expect(await verdict(8)).toEqual([null, 'Needs an update: #7 landed and shares scan.py']);
  });
});
