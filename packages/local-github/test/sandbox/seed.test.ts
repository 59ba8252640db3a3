import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { SeedError } from '../../src/index.js';
import { readSeed } from '../../src/sandbox/seed-file.js';
import { APP, type Loose, startGithub } from '../support/github.js';
import { startLocalGithub } from '../../src/server.js';

const FULL = `
repository: wharf/crane
public: true
default_branch: trunk
users:
  - { login: nils, role: admin }
  - { login: inga, role: write }
  - { login: boje, role: write }
files: { src/a.py: "print(1)\\n" }
labels:
  - { name: bug, color: d73a4a, description: Something is wrong }
issues:
  - { number: 7, title: Seven, body: text, author: inga, labels: [bug, later], blocked_by: [3] }
  - { number: 3, title: Three }
config: { base: trunk, merge: { method: squash } }
protection:
  trunk:
    required_checks: [{ context: tests, app: ci }, { context: lint }]
    approvals: 2
    dismiss_stale: true
    linear: true
    strict: true
rulesets:
  - branches: [refs/heads/release/*]
    except: [refs/heads/release/0]
    pull_request: { approvals: 1, last_push_approval: true, methods: [squash] }
    required_checks: [{ context: tests, app: ci }]
    strict: true
    deletion: true
    bypass: [{ app: yardmaster, mode: pull_request }, { role: admin }]
merge_methods: [squash]
`;

describe('a seed', () => {
  let github: Awaited<ReturnType<typeof startGithub>>;
  beforeAll(async () => {
    github = await startGithub({ seed: FULL });
  });
  afterAll(() => github.close());
  const repo = async (path: string) => (await github.ask('admin', 'GET', `/repos/wharf/crane${path}`)).body;

  test('names the repository, its branch, its merge methods and its people', async () => {
    expect(github.info.repository).toBe('wharf/crane');
    expect(await repo('')).toMatchObject({
      default_branch: 'trunk',
      private: false,
      allow_squash_merge: true,
      allow_merge_commit: false,
      permissions: { admin: true },
    });
    expect(github.info.users).toEqual({ admin: 'nils', writer: 'inga', ci: 'ci[bot]' });
    expect(Object.keys(github.info.tokens).sort()).toEqual(['admin', 'ci', 'writer']);
  });

  test('holds files, and the config as YAML', async () => {
    const text = async (path: string) =>
      Buffer.from((await repo(`/contents/${path}`)).content, 'base64').toString();
    expect(await text('src/a.py')).toBe('print(1)\n');
    expect(await text('.github/subagents.yml')).toBe('base: trunk\nmerge:\n  method: squash\n');
  });

  test('holds labels and issues under their numbers; new ones go on from there', async () => {
    const issues = await repo('/issues?sort=created&direction=asc');
    expect(issues.map(({ number }: Loose) => number)).toEqual([3, 7]);
    expect(issues[1]).toMatchObject({ title: 'Seven', body: 'text', user: { login: 'inga' } });
    expect(issues[1].labels).toMatchObject([
      { name: 'bug', color: 'd73a4a', description: 'Something is wrong' },
      { name: 'later', color: 'ededed' },
    ]);
    expect(await repo('/issues/7/dependencies/blocked_by')).toMatchObject([{ number: 3 }]);
    const made = await github.ask('writer', 'POST', '/repos/wharf/crane/issues', { title: 'next' });
    expect(made.body.number).toBe(8);
  });

  test('protects branches', async () => {
    expect(await repo('/branches/trunk/protection')).toMatchObject({
      required_status_checks: {
        strict: true,
        checks: [{ context: 'tests', app_id: 1002 }, { context: 'lint' }],
      },
      required_pull_request_reviews: { required_approving_review_count: 2, dismiss_stale_reviews: true },
      required_linear_history: { enabled: true },
    });
  });

  test('has rulesets', async () => {
    const rules = await repo('/rules/branches/release%2F1');
    expect(rules).toMatchObject([
      {
        type: 'pull_request',
        parameters: {
          required_approving_review_count: 1,
          require_last_push_approval: true,
          allowed_merge_methods: ['squash'],
        },
      },
      {
        type: 'required_status_checks',
        parameters: {
          required_status_checks: [{ context: 'tests', integration_id: 1002 }],
          strict_required_status_checks_policy: true,
        },
      },
      { type: 'deletion' },
    ]);
    expect(await repo('/rules/branches/release%2F0')).toEqual([]);
    expect(await repo('/rules/branches/trunk')).toEqual([]);
    expect(await repo(`/rulesets/${rules[0].ruleset_id}`)).toMatchObject({
      bypass_actors: [
        { actor_type: 'Integration', actor_id: 1001, bypass_mode: 'pull_request' },
        { actor_type: 'RepositoryRole', actor_id: 5, bypass_mode: 'always' },
      ],
    });
  });

  test('is no effect and tells nobody: the first change has the number 1', async () => {
    expect((await github.ask('jwt', 'GET', '/app/hook/deliveries')).body).not.toContainEqual(
      expect.objectContaining({ action: 'labeled' }),
    );
    const fresh = await startGithub({ seed: FULL });
    await fresh.ask('app', 'POST', '/repos/wharf/crane/issues', { title: 'first' });
    expect((await fresh.requests()).at(-1).effects).toEqual([1]);
    await fresh.close();
  });
});

test('a seed has further repositories, which the app reads where it is installed and where they are public', async () => {
  const github = await startGithub({
    seed: `
repository: wharf/crane
users: [{ login: nils, role: admin }, { login: inga, role: none }]
issues: [{ number: 1, title: Here }]
others:
  - { repository: Wharf/hook, public: false, files: { a.txt: a }, issues: [{ number: 5, title: Beside }] }
  - { repository: quay/rope, issues: [{ number: 6, title: Public }], roles: { inga: write } }
  - { repository: quay/safe, public: false, issues: [{ number: 7, title: Hidden }] }
`,
  });
  const title = async (who: 'app' | 'admin', path: string) =>
    (await github.ask(who, 'GET', `/repos/${path}`)).body.title;
  const paths = ['wharf/crane/issues/1', 'wharf/hook/issues/5', 'quay/rope/issues/6', 'quay/safe/issues/7'];
  expect(await Promise.all(paths.map((path) => title('admin', path)))).toEqual([
    'Here',
    'Beside',
    'Public',
    'Hidden',
  ]);
  expect(await Promise.all(paths.map((path) => title('app', path)))).toEqual([
    'Here',
    'Beside',
    'Public',
    undefined,
  ]);
  const roleIn = async (path: string) =>
    (await github.ask('admin', 'GET', `/repos/${path}/collaborators/inga/permission`)).body.role_name;
  expect([await roleIn('wharf/crane'), await roleIn('quay/rope')]).toEqual(['read', 'write']);
  const { body } = await github.ask('app', 'GET', '/installation/repositories');
  expect(body.repositories.map((one: Loose) => one.name)).toEqual(['crane', 'hook']);
  expect((await github.ask('admin', 'GET', '/repos/wharf/hook/contents/a.txt')).body.name).toBe('a.txt');
  await github.close();
});

describe('a seed that cannot be used says where and why:', () => {
  const base = 'repository: a/b\n';
  test.each([
    ['no repository', 'public: true', 'repository: expected a value, it is required'],
    ['a repository without owner', 'repository: b', 'repository: expected'],
    ['an unknown key', `${base}isues: []`, 'isues: expected no such key; documented: repository, public'],
    [
      'an unknown key deep inside',
      `${base}issues: [{number: 1, title: x, asignee: y}]`,
      'issues[0].asignee: expected no such key',
    ],
    ['an unknown role', `${base}users: [{login: a, role: boss}]`, 'users[0].role: expected one of "none"'],
    ['a wrong type', `${base}issues: [{number: one, title: x}]`, 'issues[0].number: expected integer'],
    [
      'an author that is no user',
      `${base}users: [{login: a, role: admin}]\nissues: [{number: 1, title: x, author: z}]`,
      'issues[0].author: expected one of the users, got z',
    ],
    [
      'a blocker that is no issue',
      `${base}issues: [{number: 1, title: x, blocked_by: [2]}]`,
      'issues[0].blocked_by: expected the number of an issue of the seed, got 2',
    ],
    [
      'a number twice',
      `${base}issues: [{number: 1, title: x}, {number: 1, title: y}]`,
      'issues: the number 1 is there twice',
    ],
    [
      'another repository with an author that is no user',
      `${base}users: []\nothers: [{repository: a/c, issues: [{number: 1, title: x, author: z}]}]`,
      'others[0].issues[0].author: expected one of the users, got z',
    ],
    [
      'a role of somebody who is no user',
      `${base}users: []\nothers: [{repository: a/c, roles: {z: write}}]`,
      'others[0].roles: expected logins of the users, got z',
    ],
    ['a repository twice', `${base}others: [{repository: A/b}]`, 'others: the repository a/b is there twice'],
    ['no YAML', 'repository: [', 'unexpected end'],
    ['a merge queue that is none', `${base}merge_queue: 5`, 'merge_queue: expected boolean or object, got 5'],
    [
      'a merge queue with a timeout that GitHub has not',
      `${base}merge_queue: {timeout: 400}`,
      'merge_queue.timeout: expected',
    ],
    [
      'a merge queue with an unknown key',
      `${base}merge_queue: {min_entries: 2}`,
      'merge_queue.min_entries: expected no such key',
    ],
    [
      'a ruleset with a method that there is not',
      `${base}rulesets: [{pull_request: {methods: [fast-forward]}}]`,
      'rulesets[0].pull_request.methods[0]: expected',
    ],
    [
      'a key that there is not',
      `${base}protection: {main: {lock_branch: true}}`,
      'protection.main.lock_branch: expected no such key',
    ],
  ])('%s', (_, yaml, message) => {
    expect(() => readSeed(yaml)).toThrow(SeedError);
    expect(() => readSeed(yaml)).toThrow(message);
  });

  test('a required check of an app that is not there', async () => {
    const seed = `${base}protection: { main: { required_checks: [{ context: x, app: nobody }] } }`;
    await expect(startLocalGithub({ seed, app: APP })).rejects.toThrow(
      'protection.main.required_checks[0].app: expected one of yardmaster, ci, got nobody',
    );
  });

  test.each([
    [
      'an app that is not there',
      '{ bypass: [{ app: nobody }] }',
      'rulesets[0].bypass[0].app: expected one of',
    ],
    ['a pattern without a whole name', '{ branches: [main] }', "rulesets[0]: Invalid target pattern: 'main'"],
  ])('a ruleset with %s', async (_, ruleset, message) => {
    const seed = `${base}rulesets: [${ruleset}]`;
    await expect(startLocalGithub({ seed, app: APP })).rejects.toThrow(message);
  });
});

test('the example repository has the four issues with their sections, two shared files, no protection and no config', async () => {
  const seed = readFileSync(new URL('../../../../examples/market.yml', import.meta.url), 'utf8');
  const github = await startGithub({ seed });
  const issues = (await github.repo('nobody', 'GET', '/issues')).body;
  expect(issues.map(({ number, title }: Loose) => `#${number} ${title}`).sort()).toEqual([
    '#4 Playwright Resource Leaks',
    '#5 Task Model Refactoring',
    '#6 Vector DB Decoupling',
    '#8 Distributed Lock & Deduplication',
  ]);
  for (const { body, state } of issues) {
    const sections = [...body.matchAll(/^### (.+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(['Scope', 'Effort', 'Risk', 'Mitigation', 'Depends on', 'Shares']);
    expect(state).toBe('open');
  }
  const sharing = (name: string) =>
    issues
      .filter(({ labels }: Loose) => labels.some((label: Loose) => label.name === name))
      .map(({ number }: Loose) => number)
      .sort();
  expect(sharing('shares:market_scanner.py')).toEqual([4, 8]);
  expect(sharing('shares:executor.py')).toEqual([5, 6]);
  const files = (await github.repo('nobody', 'GET', '/contents/')).body.map(({ name }: Loose) => name);
  expect(files).toEqual(
    expect.arrayContaining(['AGENTS.md', 'CLAUDE.md', 'executor.py', 'market_scanner.py']),
  );
  expect((await github.repo('nobody', 'GET', '/contents/.github/subagents.yml')).status).toBe(404);
  expect((await github.repo('admin', 'GET', '/branches/main/protection')).status).toBe(404);
  const made = await github.repo('outsider', 'POST', '/issues', { title: 'next' });
  expect(made.body.number).toBe(9);
  await github.close();
});
