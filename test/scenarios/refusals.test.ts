import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Sandbox, startSandbox } from '../support/sandbox.js';

describe('what GitHub refuses for one issue', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
    // Nobody but people with write can comment on a locked issue, so its refusal cannot be explained there.
    await sandbox.repo('admin', 'PUT', '/issues/8/lock');
    await sandbox.label('triager', 8, 'deploy-subagent');
    await sandbox.deploy(6);
  });
  afterAll(() => sandbox.stop());

  test('does not keep the others waiting', async () => {
    expect((await sandbox.pullOf(6)).draft).toBe(true);
    expect(await sandbox.pullOf(8)).toBeUndefined();
  });

  test('is shown where people look, in its own words', async () => {
    await sandbox.advance('PT6M');
    const { body } = await sandbox.tracker();
    expect(body).toContain('GitHub did not let me comment on #');
    expect(body).toContain('it is tried again at the next change');
  });

  test('is done once it is allowed', async () => {
    await sandbox.repo('admin', 'DELETE', '/issues/8/lock');
    await sandbox.advance('PT6M');
    expect(await sandbox.labels(8)).not.toContain('deploy-subagent');
    expect((await sandbox.comments(8)).join()).toContain('This issue is not deployed');
    expect((await sandbox.tracker()).body).not.toContain('GitHub did not let me');
  });
});
