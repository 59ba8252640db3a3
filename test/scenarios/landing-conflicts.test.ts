import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { WORLDS, worldSeed } from '../support/landing-worlds.js';
import {
  approve,
  createCi,
  filesOnMain,
  issueOf,
  landed,
  mergeAll,
  ownFile,
  rowOf,
  untilQuiet,
  workOn,
} from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';

/** 1 and 2 change the same line; the check of 4 fails; 5 waits for both 2 and 4. */
const REPOSITORY = {
  issues: [{ number: 1 }, { number: 2 }, { number: 3 }, { number: 4 }, { number: 5, blocked_by: [2, 4] }],
  files: { 'shared.py': 'state = "open"\n' },
};

function filesOf(issue: number): Record<string, string> {
  return issue < 3 ? { 'shared.py': `state = "${issue}"\n` } : ownFile(issue);
}

describe.each(WORLDS)('what cannot land, by $name', (world) => {
  let sandbox: Sandbox;
  let rows: string[];
  let gateOfDependent: Loose;
  let landedAtFirst: number[];
  let asked: string[];
  let later: string[];

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: worldSeed(world, REPOSITORY) });
    await sandbox.deploy(1, 2, 3, 4, 5);
    await workOn(sandbox, [1, 2, 3, 4, 5], filesOf);
    await approve(sandbox, 'maintainer', 1, 2, 3, 4, 5);
    const failing = new Set([4]);
    const ci = createCi(sandbox, {
      report: (pull) => ({ test: failing.has(issueOf(pull)) ? 'failure' : 'success' }),
      base: { test: 'success' },
    });
    await mergeAll(sandbox);
    await untilQuiet(sandbox, ci);
    landedAtFirst = await landed(sandbox);
    rows = [await rowOf(sandbox, 2), await rowOf(sandbox, 4), await rowOf(sandbox, 5)];
    gateOfDependent = await sandbox.gateOf(5);
    asked = await requestsOn(sandbox, 2);
    await sandbox.advance('PT10M');
    await sandbox.restartBot();
    await sandbox.advance('PT10M');
    later = await requestsOn(sandbox, 2);

    await resolve(sandbox);
    failing.clear();
    await sandbox.work(4, { 'fix.py': 'fixed = True\n' });
    await approve(sandbox, 'maintainer', 2, 4);
    await untilQuiet(sandbox, ci);
  }, 180_000);
  afterAll(() => sandbox.stop());

  test('does not keep others from landing', () => {
    expect(landedAtFirst).toEqual([1, 3]);
  });

  test('is shown with its reason', () => {
    expect(rows.slice(0, 2)).toEqual([
      expect.stringContaining('❌ conflict: Conflicts with the base: both change shared.py'),
      expect.stringContaining('❌ failing: test'),
    ]);
  });

  test('is asked for once, on the pull request, with the files that both sides have changed', () => {
    expect(asked).toEqual([expect.stringContaining('Both sides have changed:\n\n- `shared.py`\n')]);
    expect(asked[0]).toContain('git switch feature/issue-2\ngit rebase origin/main\n');
    expect(later).toEqual(asked);
  });

  test('keeps back what depends on it, and says so there', () => {
    expect(gateOfDependent.status).toBe('in_progress');
    expect(gateOfDependent.output.title).toMatch(
      /^Waits for #2 \(pull request #\d+\), which conflicts with the base in shared.py and 1 more$/,
    );
    expect(plain(gateOfDependent.output.summary)).toContain('  - Failing: test\n    - Mend what they report');
    expect(plain(rows[2] ?? '')).toContain(', which conflicts with the base in shared.py |');
  });

  test('goes on by itself once it is pushed right', async () => {
    expect((await landed(sandbox)).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
    expect((await landed(sandbox)).at(-1)).toBe(5);
    expect(await filesOnMain(sandbox)).toContain('fix.py');
    expect((await sandbox.tracker()).state).toBe('closed');
  });
});

function plain(text: string): string {
  return text.replaceAll('\u200b', '');
}

/** What the bot has said of a conflict on the pull request of an issue. */
async function requestsOn(sandbox: Sandbox, issue: number): Promise<string[]> {
  const { number } = await sandbox.pullOf(issue);
  const comments = await sandbox.repo('nobody', 'GET', `/issues/${number}/comments?per_page=100`);
  return comments
    .map(({ body }: Loose) => body)
    .filter((body: string) => body.startsWith('This conflicts with'));
}

/** The subagent of 2 merges the base and settles the conflict. */
async function resolve(sandbox: Sandbox): Promise<void> {
  const clone = await sandbox.clone('writer', 'feature/issue-2');
  await sandbox.git(clone, 'merge', '-q', 'origin/main').catch(() => '');
  await writeFile(join(clone, 'shared.py'), 'state = "1 and 2"\n');
  await sandbox.git(clone, 'add', '--all');
  await sandbox.git(clone, 'commit', '-q', '-m', 'Take both');
  await sandbox.git(clone, 'push', '-q');
}
