import { afterEach, describe, expect, test } from '@jest/globals';

import { exampleSeed } from '../../src/cli/example.js';
import { approve, filesOnMain, headOf, landed, ownFile } from '../support/landing.js';
import { type Sandbox, startSandbox } from '../support/sandbox.js';

let sandbox: Sandbox;

afterEach(() => sandbox.stop());

describe('what must not land', () => {
  test('a task file, where a pull request is made ready and asked to land in one breath', async () => {
    sandbox = await startSandbox();
    await sandbox.deploy(8);
    await sandbox.work(8, ownFile(8));
    await sandbox.advance('PT10M');
    await sandbox.comment('writer', 8, '/ready\n/merge');
    await sandbox.settle();
    await sandbox.advance('PT10M');
    await sandbox.advance('PT10M');
    expect(await landed(sandbox)).toEqual([8]);
    const clone = await sandbox.clone('admin', 'main');
    expect((await sandbox.git(clone, 'log', '--format=%s', '--', '.agents')).split('\n')).toHaveLength(2);
    expect(await filesOnMain(sandbox)).not.toContain('.agents/subagent_issue_8.md');
  });

  test('work that only an outsider has approved', async () => {
    sandbox = await startSandbox({ seed: `${exampleSeed()}\nconfig: { merge: { when: approved } }\n` });
    await sandbox.deploy(8);
    await sandbox.work(8, ownFile(8), 'maintainer');
    await sandbox.comment('maintainer', 8, '/ready');
    await sandbox.settle();
    const before = await headOf(sandbox, 'main');
    await approve(sandbox, 'outsider', 8);
    await sandbox.advance('PT10M');
    expect(await headOf(sandbox, 'main')).toBe(before);
    await approve(sandbox, 'writer', 8);
    await sandbox.advance('PT10M');
    expect(await landed(sandbox)).toEqual([8]);
  });
});
