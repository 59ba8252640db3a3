import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createCi, headOf, landed, say, untilQuiet, workOn } from '../support/landing.js';
import { type Loose, type Requested, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const FREE = ['completed', 'success', 'Not part of a subagent deployment'];

let sandbox: Sandbox;
let fork: string;

beforeAll(async () => {
  sandbox = await startSandbox({
    seed: smallSeed({ issues: [{ number: 7 }, { number: 8, blocked_by: [7] }] }),
  });
  await sandbox.deploy(7, 8);
  fork = await sandbox.fork('outsider');
}, 60_000);
afterAll(() => sandbox.stop());

/** The outsider commits a file to a branch of the fork, made from another one if need be, and pushes it. */
async function push(branch: string, text: string, from = branch): Promise<string> {
  const clone = await sandbox.clone('outsider', from, fork);
  await sandbox.git(clone, 'checkout', '-q', '-B', branch);
  await writeFile(join(clone, 'typo.md'), text);
  await sandbox.git(clone, 'add', '--all');
  await sandbox.git(clone, 'commit', '-q', '-m', text);
  await sandbox.git(clone, 'push', '-q', 'origin', branch);
  return sandbox.git(clone, 'rev-parse', 'HEAD');
}

async function open(branch: string): Promise<Loose> {
  const head = `olaf:${branch}`;
  const pull = await sandbox.repo('outsider', 'POST', '/pulls', { title: branch, head, base: 'main' });
  await sandbox.settle();
  return pull;
}

async function verdict(sha: string): Promise<string[]> {
  const { status, conclusion, output } = await sandbox.gate(sha);
  return [status, conclusion, output.title];
}

const forkHead = async (branch: string): Promise<string> =>
  (await sandbox.ask('nobody', 'GET', `/repos/${fork}/git/ref/heads/${branch}`)).body.object?.sha;

describe("an outsider's pull request from a fork, while a deployment runs", () => {
  let pull: Loose;

  test('gets the gate on its head, free to merge', async () => {
    const sha = await push('typo', 'one', 'main');
    pull = await open('typo');
    expect(pull.head).toMatchObject({ sha, label: 'olaf:typo' });
    expect(await verdict(sha)).toEqual(FREE);
  });

  test('gets it on each head that is pushed, forced ones too', async () => {
    const second = await push('typo', 'two');
    await sandbox.settle();
    expect(await verdict(second)).toEqual(FREE);
    const clone = await sandbox.clone('outsider', 'typo', fork);
    await sandbox.git(clone, 'commit', '-q', '--amend', '-m', 'Two');
    await sandbox.git(clone, 'push', '-q', '--force');
    await sandbox.settle();
    expect(await verdict(await sandbox.git(clone, 'rev-parse', 'HEAD'))).toEqual(FREE);
  });

  test('is not in the tracking issue, and the outsider cannot land it or free anything by a comment', async () => {
    await say(sandbox, 'outsider', pull.number, '/merge');
    expect((await sandbox.tracker()).body).not.toContain(`#${pull.number}`);
    expect((await sandbox.repo('nobody', 'GET', `/pulls/${pull.number}`)).state).toBe('open');
  });

  test('is merged by somebody with write, and its branch stays', async () => {
    const { head } = await sandbox.repo('nobody', 'GET', `/pulls/${pull.number}`);
    await sandbox.repo('writer', 'PUT', `/pulls/${pull.number}/merge`, { merge_method: 'squash' });
    await sandbox.advance('PT6M');
    expect((await sandbox.repo('nobody', 'GET', `/pulls/${pull.number}`)).merged).toBe(true);
    expect(await forkHead('typo')).toBe(head.sha);
  });
});

describe("a fork's branch that is named like a member's", () => {
  let members: Loose;
  let strange: Loose;

  test("with the member's own head it does not free that head, and is not taken for the member", async () => {
    members = await sandbox.pullOf(8);
    const blocked = await verdict(members.head.sha);
    expect(blocked[0]).toBe('in_progress');
    expect(await forkHead('feature/issue-8')).toBe(members.head.sha);
    strange = await open('feature/issue-8');
    await sandbox.advance('PT6M');
    expect(strange.head.sha).toBe(members.head.sha);
    expect(await verdict(members.head.sha)).toEqual(blocked);
    expect((await sandbox.tracker()).body).not.toContain(`#${strange.number}`);
  });

  test('with work of its own it is no part of the deployment, and the member stays what it was', async () => {
    const sha = await push('feature/issue-8', 'not asked for');
    await sandbox.settle();
    expect(await verdict(sha)).toEqual(FREE);
    const gate = await sandbox.gateOf(8);
    expect([gate.head_sha, gate.status]).toEqual([members.head.sha, 'in_progress']);
    const { body } = await sandbox.tracker();
    expect(body).toContain(`#${members.number}`);
    expect(body).not.toContain(`#${strange.number}`);
  });

  test('stays where it is when the deployment lands, and so does its pull request', async () => {
    const before = await forkHead('feature/issue-8');
    await workOn(sandbox, [7, 8]);
    await sandbox.forgetRequests();
    await say(sandbox, 'writer', 7, '/merge');
    await say(sandbox, 'writer', 8, '/merge');
    await untilQuiet(sandbox, createCi(sandbox));
    expect((await landed(sandbox)).slice(-2)).toEqual([7, 8]);
    expect(await sandbox.branches()).toEqual(['main']);
    expect(await forkHead('feature/issue-8')).toBe(before);
    const { state, merged, base } = await sandbox.repo('nobody', 'GET', `/pulls/${strange.number}`);
    expect({ state, merged, base: base.ref }).toEqual({ state: 'open', merged: false, base: 'main' });
    expect(base.sha).toBe(await headOf(sandbox, 'main'));
    const refused = (await sandbox.asked()).filter(({ status }: Requested) => status === 403);
    expect(refused).toEqual([]);
  }, 120_000);
});
