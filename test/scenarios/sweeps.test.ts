import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Sandbox, startSandbox } from '../support/sandbox.js';

describe('while every webhook is lost', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
    await sandbox.faults({ webhooks: { drop: 1 } });
  });
  afterAll(() => sandbox.stop());

  test('sweeps alone carry the four issues to drafts and their tracking issue', async () => {
    await sandbox.deploy(8, 6, 5, 4);
    expect(await sandbox.pulls()).toEqual([]);
    await sandbox.advance('PT31M');
    expect((await sandbox.pulls()).map((pull) => `${pull.head.ref} ${pull.draft}`).sort()).toEqual([
      'feature/issue-4 true',
      'feature/issue-5 true',
      'feature/issue-6 true',
      'feature/issue-8 true',
    ]);
    expect((await sandbox.trackers()).map((tracker) => tracker.title)).toEqual([
      'Subagent deployment: 4 issues · 🟡 ready for execution',
    ]);
  });

  test('a sweep runs a hold', async () => {
    const comment = await sandbox.comment('writer', 5, '/hold -- waiting for legal');
    await sandbox.advance('PT6M');
    expect(await sandbox.labels(5)).toContain('subagent:hold');
    expect(await sandbox.reactions(comment)).toEqual(['yardmaster[bot]: +1']);
    expect((await sandbox.gateOf(5)).output.title).toBe('On hold by linus: waiting for legal');
    expect((await sandbox.tracker()).body).toContain('On hold by linus: waiting for legal');
  });

  test('a sweep runs a deploy on an issue that no deployment knows', async () => {
    const issue = await sandbox.openIssue('outsider', 'Late', 'Words');
    await sandbox.comment('writer', issue.number, '/subagent deploy');
    await sandbox.advance('PT6M');
    expect(await sandbox.task(issue.number)).toContain('Approved by `linus`');
  });
});

test('webhooks that come twice, late and in another order change nothing', async () => {
  const sandbox = await startSandbox();
  try {
    await sandbox.faults({ seed: 7, webhooks: { duplicate: 1, delay: 'PT5S', reorder: true } });
    await sandbox.deploy(8, 4);
    await sandbox.comment('writer', 8, '/hold');
    await sandbox.advance('PT1M');
    expect(await sandbox.branches()).toEqual(['feature/issue-4', 'feature/issue-8', 'main']);
    expect(await sandbox.pulls()).toHaveLength(2);
    expect(await sandbox.trackers()).toHaveLength(1);
    expect(await sandbox.labels(8)).toContain('subagent:hold');
    expect(await sandbox.comments(8)).toEqual(['/hold']);
  } finally {
    await sandbox.stop();
  }
});
