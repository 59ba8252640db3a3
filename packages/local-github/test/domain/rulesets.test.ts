import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { RulesetInput } from '../../src/domain/rulesets/operations.js';
import { updateRefs } from '../../src/domain/refs/operations.js';
import { pushAllowed } from '../../src/domain/refs/push.js';
import { ZERO_OID } from '../../src/git/oid.js';
import type { BranchRule } from '../../src/state/model.js';
import type { Person } from '../support/world.js';
import { ask } from '../support/ask.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';

let market: TestRepository;

beforeEach(async () => {
  market = await createTestRepository();
});
afterEach(() => market.close());

const PULLS: BranchRule = {
  type: 'pull_request',
  approvals: 0,
  dismissStale: false,
  lastPush: false,
  methods: ['squash'],
};
const RULESET = {
  name: 'main',
  enforcement: 'active',
  conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
  bypass_actors: [{ actor_type: 'Integration', actor_id: 1001, bypass_mode: 'pull_request' }],
  rules: [
    { type: 'deletion' },
    {
      type: 'pull_request',
      parameters: {
        required_approving_review_count: 1,
        dismiss_stale_reviews_on_push: true,
        require_code_owner_review: false,
        require_last_push_approval: true,
        required_review_thread_resolution: false,
        allowed_merge_methods: ['squash'],
      },
    },
    {
      type: 'required_status_checks',
      parameters: {
        required_status_checks: [{ context: 'ci', integration_id: 1001 }, { context: 'lint' }],
        strict_required_status_checks_policy: true,
        do_not_enforce_on_create: true,
      },
    },
  ],
} as const;

/** What the caller hears who moves a branch over the API; `moved` if it does. */
async function move(
  after: string,
  who: Person | 'app' = 'linus',
  { branch = 'main', force = false } = {},
): Promise<string> {
  const update = { name: `refs/heads/${branch}`, before: undefined, after, force };
  return updateRefs(market.as(who), market.repository(), [update]).then(
    () => 'moved',
    (error: { status: number; message: string }) => `${error.status} ${error.message}`,
  );
}

async function onto(branch: string): Promise<string> {
  await market.branch(branch);
  return market.commit(branch, { [`${branch.replaceAll('/', '-')}.txt`]: 'x' });
}

const broken = (...sentences: readonly string[]) =>
  `422 Repository rule violations found\n\n${sentences.join('\n\n')}\n\n`;
const PULL_WANTED = 'Changes must be made through a pull request.';

describe('the settings', () => {
  test('are written by administrators and read by all, but for who goes past them', async () => {
    expect((await ask(market.as('grace'), 'repos/create-repo-ruleset', { body: RULESET })).status).toBe(403);
    expect((await ask(market.as('app'), 'repos/create-repo-ruleset', { body: RULESET })).status).toBe(403);
    const made = await ask(market.as('ada'), 'repos/create-repo-ruleset', { body: RULESET });
    expect(made).toMatchObject({ status: 201, body: RULESET });
    const path = { ruleset_id: made.body.id };
    expect((await ask(market.as('ada'), 'repos/get-repo-ruleset', { path })).body).toEqual(made.body);
    const { bypass_actors: _, ...seen } = made.body;
    expect((await ask(market.as('olaf'), 'repos/get-repo-ruleset', { path })).body).toEqual(seen);
    const [listed] = (await ask(market.as('app'), 'repos/get-repo-rulesets')).body;
    expect(listed).toMatchObject({ id: made.body.id, name: 'main', source: 'acme/market' });
    expect(listed.rules).toBeUndefined();
  });

  test('hold for a branch by its name, until they are switched off or deleted', async () => {
    const { body } = await ask(market.as('ada'), 'repos/create-repo-ruleset', { body: RULESET });
    const path = { ruleset_id: body.id };
    const rules = async (branch: string) =>
      (await ask(market.as('olaf'), 'repos/get-branch-rules', { path: { branch } })).body;
    expect(await rules('main')).toEqual(
      RULESET.rules.map((rule) => ({
        ...rule,
        ruleset_source_type: 'Repository',
        ruleset_source: 'acme/market',
        ruleset_id: body.id,
      })),
    );
    expect(await rules('other')).toEqual([]);
    const off = { enforcement: 'disabled' };
    expect((await ask(market.as('ada'), 'repos/update-repo-ruleset', { path, body: off })).status).toBe(200);
    expect(await rules('main')).toEqual([]);
    expect((await ask(market.as('ada'), 'repos/delete-repo-ruleset', { path })).status).toBe(204);
    expect((await ask(market.as('ada'), 'repos/get-repo-ruleset', { path })).status).toBe(404);
  });

  test.each([
    ['a tag', { target: 'tag' }, 501],
    ['one that is only evaluated', { enforcement: 'evaluate' }, 501],
    ['a team that goes past', { bypass_actors: [{ actor_type: 'Team', actor_id: 1 }] }, 501],
    ['a rule that is not served', { rules: [{ type: 'creation' }] }, 501],
    ['an app that is not there', { bypass_actors: [{ actor_type: 'Integration', actor_id: 7 }] }, 422],
    ['a pattern without a whole name', { conditions: { ref_name: { include: ['main'], exclude: [] } } }, 422],
    ['a pull request without particulars', { rules: [{ type: 'pull_request' }] }, 422],
  ])('for %s are refused', async (_, part, status) => {
    const body = { ...RULESET, ...part };
    expect((await ask(market.as('ada'), 'repos/create-repo-ruleset', { body })).status).toBe(status);
  });

  test('have names of their own', async () => {
    await ask(market.as('ada'), 'repos/create-repo-ruleset', { body: RULESET });
    const again = await ask(market.as('ada'), 'repos/create-repo-ruleset', { body: RULESET });
    expect(again).toMatchObject({ status: 422, body: { errors: ['Name must be unique'] } });
  });

  test.each<readonly [string, Partial<RulesetInput>, readonly string[]]>([
    ['the default branch', { include: ['~DEFAULT_BRANCH'] }, ['main']],
    ['all', { include: ['~ALL'] }, ['main', 'dev', 'release/1', 'release/1/a']],
    ['a name', { include: ['refs/heads/dev'] }, ['dev']],
    ['a star, which ends at a slash', { include: ['refs/heads/release/*'] }, ['release/1']],
    ['two stars', { include: ['refs/heads/release/**/*'] }, ['release/1', 'release/1/a']],
    ['all but some', { include: ['~ALL'], exclude: ['refs/heads/release/**/*'] }, ['main', 'dev']],
    ['none', { include: [] }, []],
  ])('choose branches by %s', async (_, conditions, expected) => {
    market.rule([{ type: 'deletion' }], conditions);
    const found: string[] = [];
    for (const branch of ['main', 'dev', 'release/1', 'release/1/a']) {
      const rules = (await ask(market.as('olaf'), 'repos/get-branch-rules', { path: { branch } })).body;
      if (rules.length > 0) found.push(branch);
    }
    expect(found).toEqual(expected);
  });
});

describe('a move of a branch', () => {
  test('that needs a pull request is refused in GitHub’s words, over the API and to git', async () => {
    market.rule([PULLS]);
    const oid = await onto('x');
    expect(await move(oid)).toBe(broken(PULL_WANTED));
    const change = { ref: 'refs/heads/main', before: market.first, after: oid };
    expect(await pushAllowed(market.as('ada'), market.repository(), [change], market.git)).toEqual([
      {
        ref: 'refs/heads/main',
        message:
          'GH013: Repository rule violations found for refs/heads/main.\n' +
          'Review all repository rules at http://127.0.0.1:1/acme/market/rules?ref=refs%2Fheads%2Fmain\n\n' +
          `- ${PULL_WANTED}`,
      },
    ]);
  });

  test('is judged by classic protection and by every ruleset together', async () => {
    market.protect('main', { requiredChecks: [{ context: 'ci', appId: null }] });
    market.rule([PULLS]);
    market.rule([
      {
        type: 'required_status_checks',
        checks: [
          { context: 'ci', appId: null },
          { context: 'lint', appId: null },
        ],
        strict: false,
        onCreate: true,
      },
    ]);
    expect(await move(await onto('x'))).toBe(
      broken(PULL_WANTED, '2 of 2 required status checks are expected.'),
    );
  });

  test.each<readonly [BranchRule['type'] & string, string]>([
    ['update', 'Cannot update this protected ref.'],
    ['required_linear_history', 'This branch must not contain merge commits.'],
    ['required_signatures', 'Commits must have verified signatures.'],
  ])('is refused by %s', async (type, sentence) => {
    const base = await market.commit('main', { 'm.txt': 'm' });
    await market.branch('x');
    const oid = await market.commit('x', { 'x.txt': 'x' });
    const merged = await market.git.mergeTrees(base, oid);
    const author = { name: 'Linus', email: 'linus@example.com', date: '2026-01-05T10:00:00Z' };
    const merge = await market.git.commitTree({
      tree: 'tree' in merged ? merged.tree : '',
      parents: [base, oid],
      message: 'Merge',
      author,
      committer: author,
    });
    market.rule([{ type } as BranchRule]);
    expect(await move(merge.oid)).toBe(broken(sentence));
  });

  test('to commits that GitHub signed passes where signatures are asked for', async () => {
    market.rule([{ type: 'required_signatures' }]);
    expect(await move(await onto('x'))).toBe('moved');
  });

  test('by force, and a deletion, are refused only where a rule says so', async () => {
    const old = await onto('x');
    expect(await move(market.first, 'linus', { branch: 'x', force: true })).toBe('moved');
    market.rule([{ type: 'non_fast_forward' }, { type: 'deletion' }], { include: ['refs/heads/x'] });
    expect(await move(old, 'linus', { branch: 'x' })).toBe('moved');
    const forced = await move(market.first, 'ada', { branch: 'x', force: true });
    expect(forced).toBe(broken('Cannot force-push to this branch'));
    expect(await move(ZERO_OID, 'ada', { branch: 'x' })).toBe(broken('Cannot delete this branch'));
  });

  test('that makes a branch is judged for the commits that it brings', async () => {
    const oid = await onto('x');
    market.rule([PULLS], { include: ['refs/heads/new/*'] });
    expect(await move(market.first, 'linus', { branch: 'new/a' })).toBe('moved');
    expect(await move(oid, 'linus', { branch: 'new/b' })).toBe(broken(PULL_WANTED));
  });

  test.each([
    ['the app that goes past it', 'app', { type: 'Integration', id: 1001, mode: 'always' }, 'moved'],
    ['an app on pull requests', 'app', { type: 'Integration', id: 1001, mode: 'pull_request' }, 'refused'],
    ['a role that goes past it', 'ada', { type: 'RepositoryRole', id: 5, mode: 'always' }, 'moved'],
    ['a weaker role', 'grace', { type: 'RepositoryRole', id: 5, mode: 'always' }, 'refused'],
    [
      'a person where an app goes past it',
      'ada',
      { type: 'Integration', id: 1001, mode: 'always' },
      'refused',
    ],
  ] as const)('by %s', async (_, who, actor, expected) => {
    market.rule([PULLS], { bypass: [actor] });
    const heard = await move(await onto('x'), who);
    expect(heard === 'moved' ? heard : 'refused').toBe(expected);
  });
});
