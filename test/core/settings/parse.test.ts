import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { z } from 'zod';
import { parseSettings } from '../../../src/core/settings/parse.js';
import type { Problem } from '../../../src/core/settings/problems.js';
import { defaultSettings, settingsSchema } from '../../../src/core/settings/schema.js';
import { hostileText } from '../text/hostile.js';

function settingsOf(text: string) {
  const result = parseSettings(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.settings;
}

function problemsOf(text: string): readonly Problem[] {
  const result = parseSettings(text);
  return result.ok ? [] : result.problems;
}

/** Each problem as `line path: message`. */
function told(text: string): string[] {
  return problemsOf(text).map((problem) => `${problem.line} ${problem.path}: ${problem.message}`);
}

describe('a file that can be read', () => {
  test.each([
    ['empty', ''],
    ['only comments', '# yaml-language-server: $schema=x\n\n'],
    ['an empty document', '---\n'],
    ['an empty mapping', '{}'],
    ['a byte order mark', '\ufeff{}'],
  ])('%s has the defaults', (_, text) => {
    expect(settingsOf(text)).toEqual(defaultSettings());
  });

  test('the defaults', () => {
    expect(defaultSettings()).toMatchSnapshot();
  });

  test('one key leaves its neighbours as they are by default', () => {
    const settings = settingsOf('merge: { method: squash, slot: 1.5 h }\ntask-file:\n  keep: true\n');
    expect(settings.merge).toEqual({ ...defaultSettings().merge, method: 'squash', slot: 5_400_000 });
    expect(settings['task-file']).toEqual({ ...defaultSettings()['task-file'], keep: true });
  });

  test('every list of a deployment is read', () => {
    expect(
      settingsOf(`
base: release/1.0
phases:
  - { name: Design review, duration: 30min, mode: together }
  - { name: Implementation, duration: effort }
  - { name: Integration testing, duration: 3-4h, mode: sequential }
checklist:
  - Backup of the current state
  - { auto: branches, text: Worktrees created }
  - check: benchmarks
  - text: Team told
success:
  - auto: merged
risks:
  - { risk: Data loss, issue: 5, mitigation: Test the rollback }
  - { risk: Conflicts, mitigation: Sequential merge }
notes: [See AGENTS.md for style]
stakeholders:
  - name: DevOps
    mention: "@acme/devops"
    why: database migration
    when: [deployed, merged]
    risk: [high]
    labels: [database]
    paths: ["migrations/**"]
sync: { times: ["09:00", "17:30"], timezone: Europe/Berlin }
`),
    ).toMatchSnapshot();
  });
});

describe('what is wrong is said with its line, what was expected and what was there', () => {
  test.each([
    ['an unknown key', 'base: main\nmregе: {}\nmegre:\n  method: squash\n'],
    ['an unknown key inside', 'merge:\n  when: command\n  mehtod: squash\n'],
    ['an unknown key that is like none', 'gate:\n  colour: blue\n'],
    ['an unknown key in a list', 'phases:\n  - name: A\n    duration: 1h\n    modus: parallel\n'],
    ['an unknown key of an item', 'checklist:\n  - one\n  - { auot: merged }\n'],
    ['a value that is not one of the few', 'merge:\n  method: sqash\n'],
    [
      'a value of another kind',
      'merge:\n  self-approval: "yes"\nrunner: { max-running: many }\nlabels: []\n',
    ],
    ['a number too large', 'runner: { max-running: 101 }'],
    ['a number not whole', 'runner: { max-running: 1.5 }'],
    ['a duration without unit', 'stale-after: 24\n'],
    ['a number for a phase', 'phases:\n  - { name: A, duration: 4 }\n'],
    ['a number for a text', 'notes:\n  - 12\n'],
    ['a duration with an unknown unit', 'merge:\n  slot: 60 fortnights\n'],
    ['a duration out of range', 'merge: { settle: 2h }'],
    ['a range that ends before it begins', 'phases:\n- {name: A, duration: 6-5h}'],
    ['a key without a value', 'base:\nmerge:\n'],
    ['a missing key', 'risks:\n  - risk: Conflicts\n'],
    ['an item of two kinds', 'checklist:\n  - { auto: merged, check: x }\n  - {}\n  - 7\n'],
    ['an unknown automatic item', 'success:\n  - auto: mergd\n'],
    ['the same line twice', 'checklist:\n  - Backup\n  - Told\n  - Backup\n'],
    ['an unknown time zone', 'sync:\n  times: ["25:00", "9:00"]\n  timezone: Europe/Berlinn\n'],
    ['an offset for a time zone', 'sync: { timezone: "+02:00" }'],
    ['a role below write', 'allow:\n  roles: [triage]\n'],
    ['no role', 'allow: { roles: [] }'],
    ['a person as a bot', 'allow: { bots: [ada] }'],
    ['a prefix without slash', 'commands: { prefix: subagent }'],
    ['a glob with braces', 'gate:\n  ignore:\n    - "**/*.{lock,json}"\n'],
    ['a glob that takes long to match', 'gate: { ignore: ["src/*a*a*a"] }'],
    ['a glob too long', `gate:\n  ignore: ["${'*a'.repeat(101)}"]`],
    ['a label too long', `labels: { deploy: ${'x'.repeat(51)} }`],
    ['a control label as deploy label', 'labels:\n  deploy: Subagent:Hold\n'],
    ['an issue that is no number', 'risks: [{risk: a, mitigation: b, issue: some}]'],
    ['a mention that is no login', 'stakeholders:\n  - name: QA\n    mention: "the QA team"\n'],
    ['a list at the top', '- a\n- b\n'],
    ['a text at the top', 'hello'],
    ['hidden characters', 'notes: ["a\u200bb"]'],
    ['hostile text', 'merge: { method: "`@org/team` <!-- | fixes #1" }'],
  ])('%s', (_, text) => {
    expect(told(text)).toMatchSnapshot();
  });

  test('a template that must not be', () => {
    const broken = [
      'branch: feature/issue',
      'branch: "{number}/{title}"',
      'branch: "{number}-{number}"',
      'branch: refs/heads/issue-{number}',
      'branch: "../{number}"',
      'branch: "issue {number}"',
      'branch: "issue-{number}.lock"',
      'branch: "{number}{"',
      `branch: "${'a'.repeat(37)}{number}"`,
      `branch: "${'a'.repeat(300)}{number}"`,
      'worktree: "/tmp/{number}"',
      'worktree: "../issue-{number}"',
      'worktree: "{base}"',
      'task-file: { path: ".git/{number}.md" }',
      'task-file: { path: ".GitHub/workflows/{number}.yml" }',
      'task-file: { path: "a/../../{number}.md" }',
      'task-file: { path: "/etc/{number}" }',
      'task-file: { path: "tasks.md" }',
      'title: "{title}"',
      'title: "{number} {branch}"',
      'references: ["../secret"]',
      'base: refs/heads/main',
    ];
    expect(broken.map((line) => `${line.slice(0, 60)}  →  ${told(line).join(' // ')}`)).toMatchSnapshot();
  });

  test('problems come in the order of the file, at most 50 of them', () => {
    const keys = Array.from({ length: 80 }, (_, index) => `unknown${index}: 1`);
    const problems = problemsOf(keys.join('\n'));
    expect(problems.map((problem) => problem.line)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    expect(problems.at(-1)?.message).toBe('this and 30 more problems');
  });
});

describe('a file that is not to be read', () => {
  test.each([
    ['an alias', 'notes: &a [x]\nphases: *a\n'],
    ['a bomb of aliases', 'a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n'],
    ['a duplicate key', 'base: main\ngate: {}\nbase: other\n'],
    ['a duplicate key inside', 'merge:\n  when: command\n  when: approved\n'],
    ['deep nesting', `a: ${'['.repeat(50)}${']'.repeat(50)}`],
    ['very deep nesting', '['.repeat(30_000)],
    ['a tag', 'base: !!js/function "x"'],
    ['two documents', 'base: main\n---\nbase: other\n'],
    ['an open bracket', 'base: main\nallow: {roles: [write\n'],
    ['an @ without quotes', 'stakeholders:\n  - name: QA\n    mention: @qa\n'],
    ['a tab for indentation', 'merge:\n\twhen: command\n'],
    ['a list as a key', '? [a]\n: 1\n'],
    ['too large', `# ${'x'.repeat(64 * 1024)}`],
    ['too large in bytes only', `# ${'é'.repeat(33 * 1024)}`],
  ])('%s', (_, text) => {
    expect(told(text)).toMatchSnapshot();
  });

  test('64 KiB exactly can be read', () => {
    expect(parseSettings(`#${'x'.repeat(64 * 1024 - 1)}`).ok).toBe(true);
  });

  test('a key named __proto__ is unknown and changes nothing', () => {
    expect(told('__proto__: { keep: true }')).toHaveLength(1);
    expect(told('constructor: 1')).toHaveLength(1);
    expect(Object.hasOwn(Object.prototype, 'keep')).toBe(false);
  });
});

test('nothing throws, and every problem has a line of the file', () => {
  const key = fc.constantFrom('merge', 'base', 'phases', 'risks', 'sync', 'checklist', 'branch', 'x');
  const text = fc.oneof(
    hostileText,
    fc.tuple(key, hostileText).map(([name, value]) => `${name}: ${value}`),
    fc.tuple(key, hostileText).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    fc.dictionary(key, fc.jsonValue()).map((value) => JSON.stringify(value, null, 2)),
  );
  fc.assert(
    fc.property(text, (file) => {
      const lines = file.split(/\r\n|\r|\n/).length;
      for (const problem of problemsOf(file)) {
        expect(problem.line).toBeGreaterThanOrEqual(1);
        expect(problem.line).toBeLessThanOrEqual(lines + 1);
        expect(problem.message).not.toMatch(/\n/);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('every key is described, for editors and for the documentation', () => {
  type Node = { properties?: Record<string, Node>; items?: Node; anyOf?: Node[]; description?: string };
  const undescribed: string[] = [];
  let keys = 0;
  function walk(node: Node, path: string): void {
    for (const [name, inner] of Object.entries(node.properties ?? {})) {
      keys += 1;
      if (inner.description === undefined) undescribed.push(`${path}${name}`);
      walk(inner, `${path}${name}.`);
    }
    if (node.items !== undefined) walk(node.items, path);
    for (const way of node.anyOf ?? []) walk(way, path);
  }
  walk(z.toJSONSchema(settingsSchema, { io: 'input' }) as Node, '');
  expect(undescribed).toEqual([]);
  expect(keys).toBeGreaterThan(50);
});

test('a key that is longer than anybody reads is cut where the problem is kept', () => {
  for (const text of [`${'k'.repeat(60_000)}: 1\n`, `merge:\n  ${'k'.repeat(60_000)}: 1\n`]) {
    const result = parseSettings(text);
    expect(result.ok ? [] : result.problems.map(({ path }) => path.length)).toEqual([200]);
    expect(JSON.stringify(result).length).toBeLessThan(1_000);
  }
});
