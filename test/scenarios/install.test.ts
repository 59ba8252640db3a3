import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

let sandbox: Sandbox;
const onMain = async (): Promise<Loose[]> => {
  const { object } = await sandbox.repo('admin', 'GET', '/git/ref/heads/main');
  return (await sandbox.repo('admin', 'GET', `/commits/${object.sha}/check-runs?filter=all`)).check_runs;
};
const writes = async (): Promise<number> =>
  (await sandbox.asked()).filter((request) => request.kind === 'write').length;

async function push(path: string): Promise<void> {
  const content = Buffer.from(path).toString('base64');
  await sandbox.repo('writer', 'PUT', `/contents/${path}`, { message: path, content, branch: 'main' });
}

beforeAll(async () => {
  sandbox = await startSandbox({ seed: smallSeed() });
});
afterAll(() => sandbox.stop());

test('a new repository gets one success of the gate on its default branch, and the deploy label', async () => {
  await sandbox.settle();
  expect(await onMain()).toMatchObject([
    {
      name: 'merge-order',
      status: 'completed',
      conclusion: 'success',
      app: { id: sandbox.info.app.id },
      output: { title: 'Ready to be chosen as a required check' },
    },
  ]);
  const labels = await sandbox.repo('admin', 'GET', '/labels');
  expect(labels.map((label: Loose) => label.name)).toContain('deploy-subagent');
});

test('pushes, sweeps and a restart bring no other one, and no write at all', async () => {
  await sandbox.forgetRequests();
  for (const path of ['one.md', 'two.md', 'three.md']) {
    await push(path);
    await sandbox.advance('PT31M');
  }
  await sandbox.restartBot();
  await sandbox.advance('PT31M');
  expect(await onMain()).toEqual([]);
  expect(await writes()).toBe(0);
});

test('once it is chosen, the tracking issue does not ask for it any more', async () => {
  await sandbox.deploy(1);
  expect((await sandbox.tracker()).body).toContain('The check `merge-order` is not required on `main`');
  expect((await sandbox.tracker()).body).toContain('[rules of the repository](../settings/rules)');
  await sandbox.repo('admin', 'PUT', '/branches/main/protection', {
    required_status_checks: {
      strict: false,
      checks: [{ context: 'merge-order', app_id: sandbox.info.app.id }],
    },
    enforce_admins: true,
    required_pull_request_reviews: null,
    restrictions: null,
  });
  await sandbox.advance('PT6M');
  expect((await sandbox.tracker()).body).not.toContain('is not required');
});
