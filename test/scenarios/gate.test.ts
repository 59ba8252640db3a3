import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { MARKET } from '../support/seeds.js';

const SEED = `${MARKET}issues:
  - { number: 1, title: First, author: olaf, body: "### Shares\\n\\nscan.py -- agree on the lock" }
  - { number: 2, title: Second, author: olaf, body: "Depends on #1\\n\\n### Shares\\n\\nscan.py" }
  - { number: 3, title: Third, author: olaf, body: "**Blocked by:** #2 and #4\\n\\nDepends on whatever" }
  - { number: 4, title: An ordinary issue, author: olaf }
  - { number: 5, title: Fifth, author: olaf, body: "no longer depends on #4" }
`;

let sandbox: Sandbox;
const title = async (issue: number): Promise<string> => (await sandbox.gateOf(issue)).output.title;

async function verdict(sha: string): Promise<string[]> {
  const { status, conclusion, output } = await sandbox.gate(sha);
  return [status, conclusion, output.title];
}

async function pullByHand(branch: string): Promise<Loose> {
  const { object } = await sandbox.repo('writer', 'GET', '/git/ref/heads/main');
  await sandbox.repo('writer', 'POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: object.sha });
  await sandbox.repo('writer', 'PUT', `/contents/${branch}.md`, {
    message: 'Words',
    content: Buffer.from('words').toString('base64'),
    branch,
  });
  return sandbox.repo('writer', 'POST', '/pulls', { title: branch, head: branch, base: 'main' });
}

beforeAll(async () => {
  sandbox = await startSandbox({ seed: SEED });
});
afterAll(() => sandbox.stop());

describe('while nothing is deployed', () => {
  test('the bot leaves the pull requests of others alone', async () => {
    const pull = await pullByHand('before');
    await sandbox.advance('PT31M');
    expect(await sandbox.gate(pull.head.sha)).toBeUndefined();
  });
});

describe('what the text of an issue says', () => {
  test('lines become native dependencies, and names of shared code become labels', async () => {
    await sandbox.deploy(1, 2, 3, 5);
    await sandbox.advance('PT1M');
    expect(await sandbox.blockedBy(1)).toEqual([]);
    expect(await sandbox.blockedBy(2)).toEqual([1]);
    expect(await sandbox.blockedBy(3)).toEqual([2, 4]);
    expect(await sandbox.blockedBy(5)).toEqual([]);
    expect(await sandbox.labels(1)).toEqual(['deploy-subagent', 'shares:scan.py']);
    expect(await sandbox.labels(2)).toEqual(['deploy-subagent', 'shares:scan.py']);
  });

  test('a line that begins like a dependency and is none blocks nothing and is shown', async () => {
    expect((await sandbox.tracker()).body).toContain('cannot be read: `Depends on whatever`');
  });

  test('the note on shared code is in the task file and in the tracking issue', async () => {
    expect(await sandbox.task(2)).toContain('`scan.py` with #1. Coordination: agree on the lock');
    expect((await sandbox.tracker()).body).toContain('agree on the lock');
  });

  test('is read once: what people take away later stays away', async () => {
    const { id } = await sandbox.issue(4);
    await sandbox.repo('writer', 'DELETE', `/issues/3/dependencies/blocked_by/${id}`);
    await sandbox.unlabel('writer', 1, 'shares:scan.py');
    await sandbox.advance('PT10M');
    await sandbox.restartBot();
    await sandbox.advance('PT10M');
    expect(await sandbox.blockedBy(3)).toEqual([2]);
    expect(await sandbox.labels(1)).toEqual(['deploy-subagent']);
  });
});

describe('the gate', () => {
  test('waits for what is not merged, and says how it goes on', async () => {
    const first = await sandbox.pullOf(1);
    const gate = await sandbox.gateOf(2);
    expect([gate.status, gate.output.title]).toEqual([
      'in_progress',
      `Waits for #1 (pull request #${first.number})`,
    ]);
    expect(gate.output.summary).toContain(`merges pull request #${first.number} of #1 first`);
    expect(gate.output.summary).toContain(`/issues/${(await sandbox.tracker()).number})`);
    expect(await title(1)).toBe('Free to merge: nothing to wait for');
  });

  test('a native dependency that a person adds counts at once, and so does its removal', async () => {
    const { id } = await sandbox.issue(4);
    await sandbox.repo('triager', 'POST', '/issues/5/dependencies/blocked_by', { issue_id: id });
    await sandbox.settle();
    expect(await title(5)).toBe('Waits for #4');
    await sandbox.repo('writer', 'DELETE', `/issues/5/dependencies/blocked_by/${id}`);
    await sandbox.settle();
    expect(await title(5)).toBe('Free to merge: nothing to wait for');
  });

  test('a dependency that a triager removes still counts', async () => {
    const { id } = await sandbox.issue(1);
    await sandbox.repo('triager', 'DELETE', `/issues/2/dependencies/blocked_by/${id}`);
    await sandbox.advance('PT6M');
    expect(await title(2)).toMatch(/^Waits for #1 /);
    await sandbox.repo('writer', 'POST', '/issues/2/dependencies/blocked_by', { issue_id: id });
    await sandbox.settle();
  });

  test('an ordinary issue is waited for until it is closed as completed', async () => {
    const { id } = await sandbox.issue(4);
    await sandbox.repo('writer', 'POST', '/issues/5/dependencies/blocked_by', { issue_id: id });
    await sandbox.edit('writer', 4, { state: 'closed', state_reason: 'not_planned' });
    await sandbox.advance('PT6M');
    expect((await sandbox.gateOf(5)).conclusion).toBe('failure');
    await sandbox.edit('writer', 4, { state: 'open' });
    await sandbox.advance('PT6M');
    expect(await title(5)).toBe('Waits for #4');
    await sandbox.edit('writer', 4, { state: 'closed', state_reason: 'completed' });
    await sandbox.advance('PT6M');
    expect(await title(5)).toBe('Free to merge: nothing to wait for');
  });

  test('a cycle fails every member of it and prints its path', async () => {
    const { id } = await sandbox.issue(3);
    await sandbox.repo('writer', 'POST', '/issues/1/dependencies/blocked_by', { issue_id: id });
    await sandbox.settle();
    for (const issue of [1, 2, 3]) {
      const gate = await sandbox.gateOf(issue);
      expect([gate.conclusion, gate.output.title]).toEqual([
        'failure',
        expect.stringMatching(/^Dependency cycle: #(1 → #3 → #2 → #1|2 → #1 → #3 → #2|3 → #2 → #1 → #3)/),
      ]);
    }
    await sandbox.repo('writer', 'DELETE', `/issues/1/dependencies/blocked_by/${id}`);
    await sandbox.settle();
    expect(await title(1)).toBe('Free to merge: nothing to wait for');
  });

  test("other people's pull requests pass", async () => {
    const old = (await sandbox.pulls()).find((pull) => pull.head.ref === 'before');
    const fresh = await pullByHand('after');
    await sandbox.settle();
    const expected = ['completed', 'success', 'Not part of a subagent deployment'];
    expect(await verdict(old.head.sha)).toEqual(expected);
    expect(await verdict(fresh.head.sha)).toEqual(expected);
  });

  test("another pull request from a member's branch waits for the same", async () => {
    await sandbox.repo('writer', 'POST', '/git/refs', {
      ref: 'refs/heads/release',
      sha: (await sandbox.repo('writer', 'GET', '/git/ref/heads/main')).object.sha,
    });
    await sandbox.repo('writer', 'POST', '/pulls', {
      title: 'Backport',
      head: 'feature/issue-2',
      base: 'release',
    });
    await sandbox.settle();
    expect(await title(2)).toMatch(/^Waits for #1 /);
  });

  test('every new head gets its own verdict', async () => {
    const head = await sandbox.work(2, { 'scan.py': 'print("scan")\n' });
    await sandbox.settle();
    expect((await sandbox.gate(head)).output.title).toMatch(/^Waits for #1 /);
  });
});
