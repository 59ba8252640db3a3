import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';

import type { Issue, Pull, Snapshot } from '../../../src/core/model/index.js';
import { type Reading, startReading } from './support.js';

jest.setTimeout(60_000);

/** GitHub's pages have at most 100 entries. */
const MANY = 102;

let github: Reading;
let snapshot: Snapshot;
beforeAll(async () => {
  github = await startReading();
  const writer = github.as('writer');
  const { number } = await github.pull('feature/issue-5');
  await push(number);
  for (let round = 0; round < MANY / 2; round += 1) {
    await writer('POST', '/issues/5/labels', { labels: ['risk:high'] });
    await writer('DELETE', '/issues/5/labels/risk:high');
  }
  for (let edit = 1; edit <= MANY; edit += 1) await writer('PATCH', '/issues/5', { body: `Version ${edit}` });
  snapshot = await github.reader.read();
});
afterAll(() => github.close());

/** A commit that changes nothing, as `git fast-import` reads it. */
function commit(count: number, pull: number): string {
  const message = `Commit ${count} of #${pull}`;
  const from = count === 1 ? 'from refs/heads/feature/issue-5^0\n' : '';
  const by = `committer linus <linus@example.com> ${1_767_607_200 + count} +0000`;
  return `commit refs/heads/feature/issue-5\n${by}\ndata ${message.length}\n${message}\n${from}\n`;
}

/** Pushes as many commits as no page holds. */
async function push(pull: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'long-'));
  const { git, tokens } = github.github.info;
  const run = (...args: string[]) => promisify(execFile)('git', args, { cwd: folder });
  try {
    await run('clone', '--quiet', git.replace('://', `://x:${tokens.writer}@`), '.');
    await run('checkout', '--quiet', 'feature/issue-5');
    const importing = run('fast-import', '--quiet');
    importing.child.stdin?.end(Array.from({ length: MANY }, (_, index) => commit(index + 1, pull)).join(''));
    await importing;
    await run('push', '--quiet');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const issue = (): Issue | undefined =>
  snapshot.issues.kind === 'read' ? snapshot.issues.value.find(({ number }) => number === 5) : undefined;
const pull = (): Pull | undefined => (snapshot.pulls.kind === 'read' ? snapshot.pulls.value[0] : undefined);

test('the commits of a long pull request are read whole, oldest first', () => {
  const detail = pull()?.detail;
  const commits =
    detail?.kind === 'read' && detail.value.commits.kind === 'read' ? detail.value.commits.value : [];
  expect(commits).toHaveLength(MANY + 1);
  expect(commits.at(-1)?.message).toContain(`Commit ${MANY} of`);
});

test('the edits and events of a restless issue are read whole', () => {
  const history = issue()?.history;
  if (history?.kind !== 'read') throw new Error(`not read: ${JSON.stringify(history)}`);
  expect(history.value.labels.filter(({ label }) => label === 'risk:high')).toHaveLength(MANY);
  expect(history.value.labels.at(-1)).toMatchObject({ label: 'risk:high', added: false });
  expect(history.value.edits.filter(({ what }) => what === 'body')).toHaveLength(MANY);
});
