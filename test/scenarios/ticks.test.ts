import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const config = {
  checklist: [{ auto: 'branches' }, 'Backups tested', 'Team told'],
  success: [{ auto: 'merged' }, 'Backups tested'],
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: smallSeed({ config }) });
  await sandbox.deploy(1, 2);
});
afterAll(() => sandbox.stop());

/** Ticks or unticks a box as GitHub's page does: it writes the whole body as it was shown. */
async function click(box: string, nth = 0): Promise<void> {
  const { number, body } = await sandbox.tracker();
  const lines: string[] = body.split('\n');
  const at = lines.flatMap((line, index) => (line.slice(6) === box ? [index] : []))[nth] ?? -1;
  const line = lines[at] ?? '';
  lines[at] = `- [${line.startsWith('- [ ]') ? 'x' : ' '}]${line.slice(5)}`;
  await sandbox.edit('writer', number, { body: lines.join('\n') });
}

async function boxes(): Promise<string[]> {
  const { body } = await sandbox.tracker();
  return body.split('\n').filter((line: string) => /^- (\[.\]|✅|⬜) /.test(line));
}

test('what the app knows has a sign, and what people know a box', async () => {
  expect(await boxes()).toEqual([
    '- ✅ Branches created for all issues',
    '- [ ] Backups tested',
    '- [ ] Team told',
    '- ⬜ All pull requests merged',
    '- [ ] Backups tested',
  ]);
});

test('a tick stays, and is no reason to write', async () => {
  await click('Backups tested');
  await sandbox.settle();
  await sandbox.forgetRequests();
  await sandbox.advance('PT6M');
  expect((await sandbox.asked()).filter(({ kind }) => kind === 'write')).toEqual([]);
  await sandbox.comment('writer', 1, '/hold');
  await sandbox.settle();
  expect((await sandbox.tracker()).body).toContain('On hold by `linus`');
  expect((await boxes()).filter((line) => line.includes('[x]'))).toEqual(['- [x] Backups tested']);
});

test('a tick and the taking back of one, of which the app does not know while it writes, are not lost', async () => {
  await sandbox.edit('admin', 2, { title: 'Another name' });
  await click('Backups tested');
  await click('Team told');
  // What the app reads is older than both clicks.
  await sandbox.faults({ reads: { lag: 2 } });
  await sandbox.settle();
  await sandbox.faults({});
  await sandbox.advance('PT6M');
  expect((await sandbox.tracker()).body).toContain('Another name');
  expect(await boxes()).toEqual([
    '- ✅ Branches created for all issues',
    '- [ ] Backups tested',
    '- [x] Team told',
    '- ⬜ All pull requests merged',
    '- [ ] Backups tested',
  ]);
});

test('whatever else people write into it is replaced', async () => {
  const { number, body } = await sandbox.tracker();
  await sandbox.edit('writer', number, { body: `Mine\n\n${body}`.replace('Team told', 'Team told twice') });
  await sandbox.advance('PT6M');
  expect((await sandbox.tracker()).body).not.toContain('Mine');
  expect((await boxes())[2]).toBe('- [ ] Team told');
});
