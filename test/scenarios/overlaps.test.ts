import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Ci, createCi, landed, say, untilQuiet, workOn } from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

/** The lines of the tracking issue about files that several pull requests change. */
async function overlapLines(sandbox: Sandbox): Promise<string[]> {
  const { body } = await sandbox.tracker();
  return body.split('\n').filter((line: string) => /^- .* change /.test(line));
}

async function headOf(sandbox: Sandbox, issue: number): Promise<string> {
  return (await sandbox.pullOf(issue)).head.sha;
}

describe('files that several pull requests change, noted', () => {
  let sandbox: Sandbox;
  let shown: string[];
  let heads: string[];
  let gate: Loose;

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({
        issues: [{ number: 7 }, { number: 8 }],
        files: { 'src/x.ts': 'a\n'.repeat(60), 'yarn.lock': 'a\n'.repeat(60) },
        config: { merge: { method: 'squash' } },
      }),
    });
    await sandbox.deploy(7, 8);
    await workOn(sandbox, [7, 8], touching('src/x.ts', 'yarn.lock'));
    const ci = createCi(sandbox);
    await ci.run();
    shown = await overlapLines(sandbox);
    heads = [await headOf(sandbox, 7), await headOf(sandbox, 8)];
    await say(sandbox, 'writer', 8, '/merge');
    await untilQuiet(sandbox, ci);
    gate = await sandbox.gateOf(7);
    await say(sandbox, 'writer', 7, '/merge');
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('are shown in the tracking issue', () => {
    expect(shown).toEqual([
      '- [#7](../issues/7) and [#8](../issues/8) change `src/x.ts`: noted, not enforced',
      '- [#7](../issues/7) and [#8](../issues/8) change `yarn.lock`: lock file, not enforced',
    ]);
  });

  test('keep nobody back and ask for no update', async () => {
    expect(gate).toMatchObject({ conclusion: 'success' });
    expect(await landed(sandbox)).toEqual([8, 7]);
    expect([await headOf(sandbox, 7), await headOf(sandbox, 8)]).toEqual(heads);
  });

  test('are not shown once nobody changes them any more', async () => {
    expect(await overlapLines(sandbox)).toEqual([]);
  });
});

describe('files that several pull requests change, coordinated', () => {
  let sandbox: Sandbox;
  let ci: Ci;
  let shown: string[];
  let gates: Record<number, Loose>;
  let before: Record<number, string>;
  let mergedFirst: string;

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({
        issues: [7, 8, 9, 10].map((number) => ({ number })),
        files: Object.fromEntries(
          ['src/x.ts', 'src/index.ts', 'yarn.lock', 'docs/notes.md'].map((path) => [path, 'a\n'.repeat(60)]),
        ),
        config: { merge: { method: 'squash' }, gate: { overlaps: 'coordinate', ignore: ['docs/**'] } },
      }),
    });
    await sandbox.deploy(7, 8, 9, 10);
    const all = touching('src/x.ts', 'yarn.lock', 'docs/notes.md', 'src/index.ts');
    const some = touching('yarn.lock', 'docs/notes.md', 'src/index.ts');
    await workOn(sandbox, [7, 8, 9], (issue) => (issue === 9 ? some : all)(issue));
    ci = createCi(sandbox);
    await ci.run();
    shown = await overlapLines(sandbox);
    await say(sandbox, 'writer', 8, '/merge');
    await untilQuiet(sandbox, ci);
    gates = { 7: await sandbox.gateOf(7), 9: await sandbox.gateOf(9) };
    before = { 7: await headOf(sandbox, 7), 9: await headOf(sandbox, 9) };
    mergedFirst = (await sandbox.pullOf(8)).merge_commit_sha;
    await say(sandbox, 'writer', 9, '/merge');
    await say(sandbox, 'writer', 7, '/merge');
    await untilQuiet(sandbox, ci);
  }, 180_000);
  afterAll(() => sandbox.stop());

  test('are shown with what comes of them: lock files, hub files and patterns are not enforced', () => {
    const three = '[#7](../issues/7), [#8](../issues/8), [#9](../issues/9)';
    expect(shown).toEqual([
      '- [#7](../issues/7) and [#8](../issues/8) change `src/x.ts`: enforced',
      `- ${three} change \`src/index.ts\`: hub file, not enforced`,
      `- ${three} change \`docs/notes.md\`: in \`gate.ignore\`, not enforced`,
      `- ${three} change \`yarn.lock\`: lock file, not enforced`,
    ]);
  });

  test('ask for an update when the other has landed', () => {
    expect(gates[7]).toMatchObject({
      status: 'in_progress',
      output: { title: 'Needs an update: #8 landed and shares src/x.ts' },
    });
  });

  test('keep nobody back where they are not enforced', async () => {
    expect(gates[9]).toMatchObject({ conclusion: 'success' });
    expect(await headOf(sandbox, 9)).toBe(before[9]);
  });

  test('are tested again at their turn, and land', async () => {
    expect(await landed(sandbox)).toEqual(expect.arrayContaining([7, 8, 9]));
    const head = await headOf(sandbox, 7);
    expect(head).not.toBe(before[7]);
    expect(ci.tested).toContain(head);
    const { ahead_by: lacks } = await sandbox.repo('admin', 'GET', `/compare/${head}...${mergedFirst}`);
    expect(lacks).toBe(0);
  });
});

/** Changes a line of its own in each of these files, far from those of the others. */
function touching(...paths: readonly string[]): (issue: number) => Record<string, string> {
  return (issue) => {
    const lines = Array.from({ length: 60 }, (_, line) => (line === issue * 5 ? `issue ${issue}` : 'a'));
    return Object.fromEntries(paths.map((path) => [path, `${lines.join('\n')}\n`]));
  };
}
