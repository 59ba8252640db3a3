import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

/** Fifty issues wait for the first one. No two share code, and overlaps are ignored. */
const DEPENDENTS = Array.from({ length: 50 }, (_, index) => index + 2);
const ISSUES = [{ number: 1 }, ...DEPENDENTS.map((number) => ({ number, blocked_by: [1] }))];

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({
    seed: smallSeed({
      issues: ISSUES,
      config: { gate: { overlaps: 'ignore' } },
    }),
  });
  // In parts, since the sandbox waits half a minute for the bot and the machine may be busy.
  const numbers = ISSUES.map(({ number }) => number);
  for (let from = 0; from < numbers.length; from += 17)
    await sandbox.deploy(...numbers.slice(from, from + 17));
}, 240_000);
afterAll(() => sandbox.stop());

const titles = async (): Promise<ReadonlySet<string>> => {
  const pulls = (await sandbox.pulls()).filter((pull) => pull.head.ref !== 'feature/issue-1');
  expect(pulls).toHaveLength(DEPENDENTS.length);
  const gates = await Promise.all(pulls.map((pull) => sandbox.gate(pull.head.sha)));
  return new Set(gates.map((gate) => gate.output.title));
};

test('one merge that frees 50 dependents writes exactly 50 check runs, in at most 4 requests', async () => {
  await sandbox.work(1, { 'one.md': 'one\n' });
  await sandbox.settle();
  const pull = await sandbox.pullOf(1);
  await sandbox.graphql(
    'writer',
    'mutation Ready($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }',
    { id: pull.node_id },
  );
  await sandbox.advance('PT1M');
  expect(await titles()).toEqual(new Set([`Waits for #1 (pull request #${pull.number})`]));

  await sandbox.forgetRequests();
  await sandbox.repo('writer', 'PUT', `/pulls/${pull.number}/merge`, { merge_method: 'merge' });
  await sandbox.settle();
  expect(await titles()).toEqual(new Set(['Free to merge: nothing to wait for']));

  const asked = await sandbox.asked();
  const gates = asked.filter(({ mutations }) => mutations.some((mutation) => mutation.endsWith('CheckRun')));
  expect(gates.flatMap(({ mutations }) => mutations)).toHaveLength(DEPENDENTS.length);
  expect(gates.length).toBeLessThanOrEqual(4);
  const before = asked.slice(
    0,
    asked.findIndex(({ kind }) => kind === 'write'),
  );
  expect(before.filter(({ operation }) => operation === 'Core')).toHaveLength(1);
  expect(asked.find(({ kind }) => kind === 'write')).toBe(gates[0]);
}, 120_000);
