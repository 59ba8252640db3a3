import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { createCheckRun } from '../../src/domain/checks/runs.js';
import { enqueuePull } from '../../src/domain/merge-queue/enqueue.js';
import { entriesOf, queueOf } from '../../src/domain/merge-queue/read.js';
import { mergePull } from '../../src/domain/pulls/merge.js';
import { deleteRef, updateRef } from '../../src/domain/refs/operations.js';
import { editRepository } from '../../src/domain/repositories.js';
import type { Person } from '../support/world.js';
import { type Loose, ask } from '../support/ask.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';

/**
 * Source, where no other is named: "Managing a merge queue"
 * (https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue)
 * and `repository-rule-merge-queue` in GitHub's OpenAPI description.
 */
let market: TestRepository;

beforeEach(async () => {
  market = await createTestRepository();
});
afterEach(() => market.close());

const PARAMETERS = {
  check_response_timeout_minutes: 30,
  grouping_strategy: 'ALLGREEN',
  max_entries_to_build: 4,
  max_entries_to_merge: 2,
  merge_method: 'SQUASH',
  min_entries_to_merge: 1,
  min_entries_to_merge_wait_minutes: 5,
};
const RULESET = {
  name: 'queue',
  enforcement: 'active',
  conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
  bypass_actors: [] as object[],
  rules: [{ type: 'merge_queue', parameters: PARAMETERS }] as object[],
};
const OF_MARKET = { ruleset_source_type: 'Repository', ruleset_source: 'acme/market' };

const withParameters = (parameters: object) => ({
  rules: [{ type: 'merge_queue', parameters: { ...PARAMETERS, ...parameters } }],
});
const create = (change: object = {}): Promise<Loose> =>
  market.world.exclusive(() =>
    ask(market.as('ada'), 'repos/create-repo-ruleset', { body: { ...RULESET, ...change } }),
  );
const update = (id: number, body: object): Promise<Loose> =>
  market.world.exclusive(() =>
    ask(market.as('ada'), 'repos/update-repo-ruleset', { path: { ruleset_id: id }, body }),
  );
const remove = (id: number): Promise<Loose> =>
  market.world.exclusive(() =>
    ask(market.as('ada'), 'repos/delete-repo-ruleset', { path: { ruleset_id: id } }),
  );
const queue = (branch = 'main') => queueOf(market.world.view(), market.repository().id, branch);
const refusal = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: { status: number; message: string }) => `${error.status} ${error.message}`,
  );
const quiet = () => market.world.activity.idle();

type Pull = Awaited<ReturnType<TestRepository['pull']>>;

async function enqueue(...pulls: readonly Pull[]) {
  for (const pull of pulls) {
    await market.world.exclusive(() =>
      enqueuePull(market.as('linus'), market.pullRow(pull.id), { expectedHead: undefined, jump: false }),
    );
  }
  await quiet();
}
/** The heads of the groups, the next to merge first. */
const groups = () => entriesOf(market.world.view(), queue()!).map(({ group }) => group!.headSha);
const merged = (...pulls: readonly Pull[]) => pulls.map(({ id }) => market.pullRow(id).merged !== null);

describe('the rule of a merge queue', () => {
  test('turns on the queue of the branch that it names, with its particulars, and is listed for it', async () => {
    const { status, body } = await create();
    expect([status, body.rules]).toEqual([201, RULESET.rules]);
    expect(queue()).toMatchObject({
      method: 'squash',
      grouping: 'ALLGREEN',
      maxEntries: 4,
      minMerge: 1,
      maxMerge: 2,
      minMergeWait: 5,
      timeout: 30,
    });
    const rules = await ask(market.as('olaf'), 'repos/get-branch-rules', { path: { branch: 'main' } });
    expect(rules.body).toEqual([{ ...RULESET.rules[0], ...OF_MARKET, ruleset_id: body.id }]);
    expect(queue('other')).toBeUndefined();
  });

  test('follows the ruleset: other particulars, another branch, off, on, gone', async () => {
    const { id } = (await create()).body;
    const before = queue()!.id;
    await update(id, withParameters({ max_entries_to_merge: 5 }));
    expect(queue()).toMatchObject({ id: before, maxMerge: 5 });
    await update(id, { conditions: { ref_name: { include: ['refs/heads/dev'], exclude: [] } } });
    expect([queue(), queue('dev')]).toMatchObject([undefined, { branch: 'dev' }]);
    await update(id, { enforcement: 'disabled' });
    expect(queue('dev')).toBeUndefined();
    await update(id, { enforcement: 'active' });
    expect(queue('dev')).toBeDefined();
    expect((await remove(id)).status).toBe(204);
    expect(queue('dev')).toBeUndefined();
  });

  test('moves with the default branch', async () => {
    await market.branch('dev');
    await create();
    editRepository(market.as('ada'), market.repository(), { defaultBranch: 'dev' });
    expect([queue(), queue('dev')]).toMatchObject([undefined, { branch: 'dev' }]);
  });

  test('leaves a queue that the branch has without it', async () => {
    market.queue({ method: 'rebase' });
    const { id } = (await create()).body;
    expect(queue()).toMatchObject({ method: 'rebase' });
    await remove(id);
    expect(queue()).toMatchObject({ method: 'rebase' });
  });

  /** The sentence seen by SceneWorks/SceneWorks#2236. */
  test.each([
    ['a pattern', ['refs/heads/release/*']],
    ['all branches', ['~DEFAULT_BRANCH', '~ALL']],
  ])('is refused for %s', async (_, include) => {
    const { status, body } = await create({ conditions: { ref_name: { include, exclude: [] } } });
    expect([status, body.errors]).toEqual([
      422,
      ["Invalid rule 'merge_queue': Wildcard ref names are not supported when merge queue is enabled"],
    ]);
    expect(queue()).toBeUndefined();
  });

  test.each([
    ['no particulars', { rules: [{ type: 'merge_queue' }] }, 422],
    ['no limit of groups', withParameters({ max_entries_to_build: 0 }), 501],
    ['no limit of a merge', withParameters({ max_entries_to_merge: 0 }), 501],
    ['more to merge at once than may', withParameters({ min_entries_to_merge: 3 }), 422],
  ])('with %s is refused', async (_, change, status) => {
    expect((await create(change)).status).toBe(status);
  });

  test('is not taken from a queue that is in use, which nobody has seen', async () => {
    const { id } = (await create({ rules: [...RULESET.rules, CHECK] })).body;
    const pull = await market.pull('one', { 'one.txt': '1' });
    await report(pull.headSha);
    await enqueue(pull);
    expect((await remove(id)).status).toBe(501);
    expect(queue()).toBeDefined();
  });
});

const CHECK = {
  type: 'required_status_checks',
  parameters: { required_status_checks: [{ context: 'ci' }], strict_required_status_checks_policy: false },
};
async function report(sha: string) {
  await market.world.exclusive(() =>
    createCheckRun(market.as('app'), market.repository(), {
      name: 'ci',
      headSha: sha,
      conclusion: 'success',
    }),
  );
  await quiet();
}
/** Three pull requests whose checks have passed, in a queue with these particulars. */
async function queued(parameters: object): Promise<readonly Pull[]> {
  await create({ rules: [...withParameters(parameters).rules, CHECK] });
  const pulls: Pull[] = [];
  for (const name of ['one', 'two', 'three']) {
    const pull = await market.pull(name, { [`${name}.txt`]: name });
    await report(pull.headSha);
    pulls.push(pull);
  }
  await enqueue(...pulls);
  return pulls;
}

describe('a queue by a ruleset', () => {
  test('merges what is put into it by its method', async () => {
    await create();
    const pull = await market.pull('one', { 'one.txt': '1' });
    await enqueue(pull);
    const tip = await market.git.readCommit(market.head('main')!);
    expect(tip).toMatchObject({ parents: [market.first], message: 'Change one.txt (#1)' });
    expect(merged(pull)).toEqual([true]);
  });

  /** That a branch cannot be made under the rule: seen by SceneWorks/SceneWorks#2236. */
  test('lets nobody merge, move, make or delete the branch but those who go past the ruleset', async () => {
    const include = ['main', 'new', 'old'].map((name) => `refs/heads/${name}`);
    const bypass = [{ actor_type: 'Integration', actor_id: 1001, bypass_mode: 'always' }];
    await market.branch('old');
    await market.commit('old', { 'old.txt': 'old' });
    await create({ conditions: { ref_name: { include, exclude: [] } }, bypass_actors: bypass });
    const pull = await market.pull('one', { 'one.txt': '1' });
    const refused = (what: string) => `Repository rule violations found\n\n${what}\n\n`;
    const words = refused('Changes must be made through the merge queue');
    const merge = (who: Person | 'app') =>
      refusal(mergePull(market.as(who), market.pullRow(pull.id), { method: 'merge' }));
    const move = (who: Person | 'app', name = 'main', sha = pull.headSha) => {
      const force = name === 'old';
      return refusal(
        updateRef(market.as(who), market.repository(), { ref: `refs/heads/${name}`, sha, force }),
      );
    };
    const drop = (who: Person | 'app') =>
      refusal(deleteRef(market.as(who), market.repository(), { ref: 'refs/heads/old' }));
    expect([await merge('ada'), await move('ada')]).toEqual([`405 ${words}`, `422 ${words}`]);
    expect(await refusal(market.branch('new'))).toBe(`422 ${words}`);
    expect(await move('ada', 'old', market.first)).toBe(`422 ${refused('Cannot force-push to this branch')}`);
    expect(await drop('ada')).toBe(`422 ${refused('Cannot delete this branch')}`);
    expect([await move('app'), await move('app', 'old', market.first), await drop('app')]).toEqual(
      Array.from({ length: 3 }, () => 'done'),
    );
  });

  test('merges no more at once than it may', async () => {
    const pulls = await queued({ max_entries_to_merge: 2 });
    const before = market.head('main');
    const heads = groups();
    market.news();
    await report(heads[2]!);
    await report(heads[1]!);
    expect(market.head('main')).toBe(before);
    await report(heads[0]!);
    expect(merged(...pulls)).toEqual([true, true, true]);
    expect(market.head('main')).toBe(heads[2]);
    const moves = market.events.flatMap((event) =>
      event.name === 'push' && event.ref === 'refs/heads/main' ? [event.after] : [],
    );
    expect(moves).toEqual([heads[1], heads[2]]);
  });

  test('waits for as many as it has to merge at once, and no longer than it says', async () => {
    const parameters = {
      min_entries_to_merge: 2,
      max_entries_to_merge: 2,
      min_entries_to_merge_wait_minutes: 10,
    };
    const pulls = await queued(parameters);
    const [first, second] = groups();
    await report(first!);
    expect(merged(...pulls)).toEqual([false, false, false]);
    await report(second!);
    expect(merged(...pulls)).toEqual([true, true, false]);
    await report(groups()[0]!);
    expect(merged(...pulls)).toEqual([true, true, false]);
    const advance = (minutes: number) =>
      market.clock.advanceTo(market.clock.now() + minutes * 60_000, () => quiet());
    // Who comes later and is not green yet does not make it wait anew.
    await advance(5);
    const late = await market.pull('late', { 'late.txt': 'late' });
    await report(late.headSha);
    await enqueue(late);
    await advance(4);
    expect(merged(...pulls)).toEqual([true, true, false]);
    await advance(1);
    expect(merged(...pulls, late)).toEqual([true, true, true, false]);
  });
});
