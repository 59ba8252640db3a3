import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';

let sandbox: Sandbox;
let tracker: Loose;

beforeAll(async () => {
  sandbox = await startSandbox();
  await sandbox.deploy(8);
  tracker = await sandbox.tracker();
});
afterAll(() => sandbox.stop());

test('a tracking issue that a person closes is reopened with one comment', async () => {
  await sandbox.edit('maintainer', tracker.number, { state: 'closed' });
  await sandbox.advance('PT10M');
  expect((await sandbox.issue(tracker.number)).state).toBe('open');
  expect(await sandbox.comments(tracker.number)).toEqual([
    'I have reopened this: 1 issue is still being worked on. To end the deployment, cancel what is left.',
  ]);
});

test('its label is put back, and without it no second one is made', async () => {
  await sandbox.unlabel('triager', tracker.number, 'subagent:tracking');
  await sandbox.advance('PT10M');
  expect(await sandbox.labels(tracker.number)).toEqual(['subagent:tracking']);
  expect(await sandbox.trackers()).toHaveLength(1);
});

test('without its label and after a restart it is found all the same', async () => {
  await sandbox.faults({ webhooks: { drop: 1 } });
  await sandbox.unlabel('triager', tracker.number, 'subagent:tracking');
  await sandbox.restartBot();
  await sandbox.faults({});
  await sandbox.advance('PT10M');
  expect(await sandbox.labels(tracker.number)).toEqual(['subagent:tracking']);
  expect((await sandbox.trackers()).map((each) => each.number)).toEqual([tracker.number]);
});

test('a title and a body that a person edits are written again', async () => {
  const before = (await sandbox.issue(tracker.number)).body;
  const edited = before.replace('ready to start', 'done').replace('## Details', 'Nothing to see here');
  await sandbox.edit('maintainer', tracker.number, { body: edited, title: 'Mine' });
  await sandbox.advance('PT10M');
  const after = await sandbox.issue(tracker.number);
  expect([after.title, after.body]).toEqual([tracker.title, before]);
});

test('a body that a person overwrites whole is written again, and no second issue is made', async () => {
  await sandbox.edit('maintainer', tracker.number, { body: 'All mine.' });
  await sandbox.advance('PT10M');
  expect((await sandbox.issue(tracker.number)).body).toContain('## Subagents');
  expect(await sandbox.trackers()).toHaveLength(1);
});

test("an outsider's look-alike is no tracking issue", async () => {
  const { body } = await sandbox.issue(tracker.number);
  const fake = await sandbox.openIssue('outsider', tracker.title, body);
  await sandbox.repo('maintainer', 'POST', `/issues/${fake.number}/labels`, {
    labels: ['subagent:tracking'],
  });
  await sandbox.advance('PT10M');
  const after = await sandbox.issue(fake.number);
  expect([after.state, after.body]).toEqual(['open', body]);
  expect(await sandbox.comments(fake.number)).toEqual([]);
});

test('it shows a push soon after it was made', async () => {
  const head = await sandbox.work(8, { 'lock.py': 'print("locked")\n' });
  await sandbox.settle();
  const { title, body } = await sandbox.issue(tracker.number);
  expect(title).toContain('🔵 in progress');
  expect(body).toContain('| 🔵 working |');
  expect(body).toContain(head.slice(0, 7));
});
