import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { groups, queueSeed } from '../support/merge-queue.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';

/** The second waits for the first; the gate is asked for later. */
const SEED = queueSeed({ issues: [{ number: 1 }, { number: 2, blocked_by: [1] }, { number: 3 }] });

let sandbox: Sandbox;

/** What the gates of the groups say, in the order of the queue. */
async function verdicts(): Promise<string[]> {
  const heads = await groups(sandbox);
  return Promise.all(
    [...heads].map(async ([number, sha]) => {
      const gate = await sandbox.gate(sha);
      return `#${number}: ${gate?.conclusion ?? gate?.status}: ${gate?.output.title}`;
    }),
  );
}

async function inQueue(mutation: 'enqueuePullRequest' | 'dequeuePullRequest', pull: Loose): Promise<void> {
  const input = mutation === 'enqueuePullRequest' ? { pullRequestId: pull.node_id } : { id: pull.node_id };
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const query = `mutation Queue($input: ${type}) { ${mutation}(input: $input) { clientMutationId } }`;
  expect((await sandbox.graphql('admin', query, { input })).errors).toBeUndefined();
}
const enqueue = (pull: Loose) => inQueue('enqueuePullRequest', pull);
const dequeue = (pull: Loose) => inQueue('dequeuePullRequest', pull);

/** Work on an issue, ready for review and tested. */
async function ready(issue: number): Promise<Loose> {
  await sandbox.work(issue, { [`${issue}.md`]: 'done\n' });
  await sandbox.comment('writer', issue, '/subagent ready');
  await sandbox.advance('PT1M');
  const pull = await sandbox.pullOf(issue);
  await sandbox.check(pull.head.sha, 'build', 'success');
  return pull;
}

let [first, second, third]: Loose[] = [];
const KEPT = 'success: Free to merge: the group keeps the merge order';

beforeAll(async () => {
  sandbox = await startSandbox({ seed: SEED });
  await sandbox.deploy(1, 2, 3);
  [first, second, third] = [await ready(1), await ready(2), await ready(3)];
}, 120_000);
afterAll(() => sandbox.stop());

test('a group in the order of the graph passes, and so does the one that is built on it', async () => {
  await enqueue(first);
  await enqueue(second);
  await sandbox.settle();
  expect(await verdicts()).toEqual([`#${first.number}: ${KEPT}`, `#${second.number}: ${KEPT}`]);
});

test('a group out of order fails, and the one behind it passes once that has left', async () => {
  await dequeue(first);
  await sandbox.settle();
  const waits = `Pull request #${second.number}: Waits for #1 (pull request #${first.number})`;
  expect(await verdicts()).toEqual([`#${second.number}: failure: ${waits}`]);
  await enqueue(first);
  await sandbox.settle();
  expect((await verdicts())[1]).toBe(`#${first.number}: failure: ${waits}`);
  await dequeue(second);
  await sandbox.settle();
  expect(await verdicts()).toEqual([`#${first.number}: ${KEPT}`]);
});

test('a group with one on hold fails, and a lost webhook costs only time', async () => {
  await sandbox.comment('triager', 3, '/subagent hold -- legal looks at it');
  await sandbox.settle();
  await sandbox.faults({ webhooks: { drop: 1 } });
  await enqueue(third);
  await sandbox.settle();
  expect((await verdicts())[1]).toMatch(/: undefined$/);
  await sandbox.advance('PT6M');
  expect((await verdicts())[1]).toMatch(/: failure: Pull request #\d+: On hold by tove: legal looks at it$/);
  await sandbox.faults({});
  await dequeue(third);
  await sandbox.settle();
});

test('what is published already is not written again', async () => {
  await sandbox.advance('PT1M');
  await sandbox.forgetRequests();
  await sandbox.advance('PT11M');
  expect((await sandbox.asked()).filter(({ kind }) => kind === 'write')).toEqual([]);
});

test('the queue merges where the gate is required, for the deployment and for everybody else', async () => {
  await sandbox.repo('admin', 'PUT', '/branches/main/protection', {
    required_status_checks: {
      strict: false,
      checks: [{ context: 'build' }, { context: 'merge-order', app_id: sandbox.info.app.id }],
    },
    enforce_admins: true,
    required_pull_request_reviews: null,
    restrictions: null,
  });
  const { object } = await sandbox.repo('writer', 'GET', '/git/ref/heads/main');
  await sandbox.repo('writer', 'POST', '/git/refs', { ref: 'refs/heads/fix', sha: object.sha });
  const content = Buffer.from('fix').toString('base64');
  await sandbox.repo('writer', 'PUT', '/contents/fix.md', { message: 'Fix', content, branch: 'fix' });
  const fix = await sandbox.repo('writer', 'POST', '/pulls', { title: 'Fix', head: 'fix', base: 'main' });
  await sandbox.check(fix.head.sha, 'build', 'success');
  await sandbox.settle();
  await enqueue(fix);
  await sandbox.settle();
  for (const sha of (await groups(sandbox)).values()) await sandbox.check(sha, 'build', 'success');
  await sandbox.settle();
  const merged = await Promise.all(
    [first, fix].map(({ number }) => sandbox.repo('admin', 'GET', `/pulls/${number}`)),
  );
  expect(merged.map((pull) => pull.merged)).toEqual([true, true]);
  expect((await groups(sandbox)).size).toBe(0);
});
