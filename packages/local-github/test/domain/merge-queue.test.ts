import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { createCheckRun } from '../../src/domain/checks/runs.js';
import type { GivenConclusion } from '../../src/domain/checks/input.js';
import { dequeuePull, enqueuePull } from '../../src/domain/merge-queue/enqueue.js';
import { entriesOf, entryOf, queueOf } from '../../src/domain/merge-queue/read.js';
import { convertToDraft } from '../../src/domain/pulls/draft.js';
import { editPull } from '../../src/domain/pulls/edit.js';
import { mergePull } from '../../src/domain/pulls/merge.js';
import { submitReview } from '../../src/domain/pulls/reviews.js';
import { dismissReview } from '../../src/domain/pulls/dismiss.js';
import { deleteRef, updateRef } from '../../src/domain/refs/operations.js';
import type { Person } from '../support/world.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';

/**
 * Source, where no other is named: "Managing a merge queue" and "Merging a pull request with a merge queue"
 * (https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue)
 * and `repository-rule-merge-queue` in GitHub's OpenAPI description.
 */
let market: TestRepository;

beforeEach(async () => {
  market = await createTestRepository();
});
afterEach(() => market.close());

type Pull = Awaited<ReturnType<TestRepository['pull']>>;

/** Waits until the queue has done what there is to do. */
async function quiet(): Promise<void> {
  await market.world.activity.idle();
}
async function enqueue(
  pull: Pull,
  more: { who?: Person | 'app'; jump?: boolean; expectedHead?: string } = {},
) {
  const { who = 'linus', jump = false, expectedHead } = more;
  await market.world.exclusive(() =>
    enqueuePull(market.as(who), market.pullRow(pull.id), { expectedHead, jump }),
  );
  await quiet();
}
const refusal = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: { status: number; message: string }) => `${error.status} ${error.message}`,
  );
async function report(sha: string, conclusion: GivenConclusion) {
  await market.world.exclusive(() =>
    createCheckRun(market.as('app'), market.repository(), { name: 'ci', headSha: sha, conclusion }),
  );
  await quiet();
}
const entry = (pull: Pull) => entryOf(market.world.view(), pull.id);
const group = (pull: Pull) => entry(pull)!.group!;
/** Numbers of the pull requests in the queue, the next first. */
const waiting = () =>
  entriesOf(market.world.view(), queueOf(market.world.view(), market.repository().id, 'main')!).map(
    ({ pullId }) => market.issueRow(market.pullRow(pullId).issueId).number,
  );
const groupRefs = () => Object.keys(market.repository().refs).filter((ref) => ref.includes('gh-readonly'));
const reasons = () =>
  market.events.flatMap((event) =>
    event.name === 'pull_request' && event.action === 'dequeued' ? [event.removal] : [],
  );
const destroyed = () =>
  market.events.flatMap((event) =>
    event.name === 'merge_group' && event.action === 'destroyed' ? [event.reason] : [],
  );
const files = async (oid: string) => (await market.git.listTree(oid, ''))!.map(({ path }) => path).sort();
const CHECK = [{ context: 'ci', appId: 1001 }];

/** `main` with a queue and a required check, and a pull request whose own check has passed. */
async function green(
  name: string,
  changed: Record<string, string> = { [`${name}.txt`]: name },
): Promise<Pull> {
  const pull = await market.pull(name, changed);
  await report(pull.headSha, 'success');
  return pull;
}
function protect(settings: Parameters<TestRepository['queue']>[0] = {}) {
  market.protect('main', { requiredChecks: CHECK });
  market.queue(settings);
}

describe('a merge group', () => {
  test('is the base, all entries before and the pull request, on a branch that names what it stands on', async () => {
    protect();
    const one = await green('one');
    const two = await green('two');
    await enqueue(one);
    await enqueue(two);
    const { first } = market;
    expect(group(one)).toMatchObject({
      ref: `refs/heads/gh-readonly-queue/main/pr-1-${first}`,
      baseSha: first,
    });
    const below = group(one).headSha;
    expect(group(two)).toMatchObject({
      ref: `refs/heads/gh-readonly-queue/main/pr-2-${below}`,
      baseSha: below,
    });
    expect(await market.git.readCommit(group(two).headSha)).toMatchObject({ parents: [below, two.headSha] });
    expect(await files(group(two).headSha)).toEqual(['a.txt', 'b.txt', 'one.txt', 'two.txt']);
    expect((await market.git.listRefs()).get(group(two).ref)).toBe(group(two).headSha);
    expect(market.head('main')).toBe(first);
  });

  test('asks the apps for its checks with a suite on its head and a webhook that says so', async () => {
    protect();
    const one = await green('one');
    market.news();
    await enqueue(one);
    expect(market.news()).toEqual([
      'pull_request.enqueued',
      'create',
      'push',
      'check_suite.requested',
      'merge_group.checks_requested',
    ]);
    const suites = Object.values(market.world.store.state.checkSuites);
    expect(suites.at(-1)).toMatchObject({
      headSha: group(one).headSha,
      headBranch: group(one).ref.slice(11),
    });
  });

  test('merges when its checks have passed: the base moves to it, and the branch goes', async () => {
    protect();
    const one = await green('one', { 'one.txt': '1' });
    await enqueue(one);
    const { headSha } = group(one);
    market.news();
    await report(headSha, 'success');
    expect(market.head('main')).toBe(headSha);
    expect(market.pullRow(one.id).merged).toMatchObject({ commit: headSha });
    const mergedBy = market.world.store.state.accounts[market.pullRow(one.id).merged!.byId]!;
    expect(mergedBy.login).toBe('github-merge-queue[bot]');
    expect(groupRefs()).toEqual([]);
    expect((await market.git.listRefs()).get('refs/heads/main')).toBe(headSha);
    expect(destroyed()).toEqual(['merged']);
    expect(reasons()).toEqual(['MERGE']);
    expect(market.timeline(one.issueId)).toEqual([
      'added_to_merge_queue',
      'merged',
      'closed',
      'removed_from_merge_queue',
    ]);
  });

  test('merges at once where no check is required, by the method of the queue', async () => {
    market.queue({ method: 'squash' });
    const one = await market.pull('one', { 'one.txt': '1' });
    await enqueue(one);
    const tip = (await market.git.readCommit(market.head('main')!))!;
    expect(tip).toMatchObject({ parents: [market.first], message: 'Change one.txt (#1)' });
    expect(market.pullRow(one.id).merged).toMatchObject({ commit: tip.oid });
  });

  test('goes in order: a later one that is green waits for the one before', async () => {
    protect();
    const [one, two] = [await green('one'), await green('two')];
    await enqueue(one);
    await enqueue(two);
    const heads = [group(one).headSha, group(two).headSha];
    await report(heads[1]!, 'success');
    expect(market.head('main')).toBe(market.first);
    await report(heads[0]!, 'success');
    expect(market.head('main')).toBe(heads[1]);
    expect([one, two].map((pull) => market.pullRow(pull.id).merged?.commit)).toEqual(heads);
  });

  test('that fails throws its pull request out, and those behind are built anew without it', async () => {
    protect();
    const [one, two] = [await green('one'), await green('two')];
    await enqueue(one);
    await enqueue(two);
    const before = group(two);
    await report(group(one).headSha, 'failure');
    expect(waiting()).toEqual([2]);
    expect(group(two)).toMatchObject({ baseSha: market.first });
    expect(await files(group(two).headSha)).toEqual(['a.txt', 'b.txt', 'two.txt']);
    expect(groupRefs()).toEqual([group(two).ref]);
    expect(reasons()).toEqual(['CI_FAILURE']);
    expect(destroyed()).toEqual(['dequeued', 'invalidated']);
    await report(before.headSha, 'success');
    expect(market.head('main')).toBe(market.first);
    expect(market.issueRow(one.issueId).state).toBe('open');
  });

  test('behind another that fails stays until it is known whose failure it is', async () => {
    protect();
    const [one, two] = [await green('one'), await green('two')];
    await enqueue(one);
    await enqueue(two);
    await report(group(two).headSha, 'failure');
    expect(waiting()).toEqual([1, 2]);
    await report(group(one).headSha, 'success');
    expect(waiting()).toEqual([]);
    expect(reasons()).toEqual(['MERGE', 'CI_FAILURE']);
    expect(market.pullRow(two.id).merged).toBeNull();
  });

  test('whose checks take too long counts as failed, on the sandbox clock', async () => {
    protect({ timeout: 10 });
    const one = await green('one');
    await enqueue(one);
    const advance = (minutes: number) =>
      market.clock.advanceTo(market.clock.now() + minutes * 60_000, () => market.world.activity.idle());
    await advance(9);
    expect(waiting()).toEqual([1]);
    await advance(1);
    expect(waiting()).toEqual([]);
    expect(reasons()).toEqual(['CI_TIMEOUT']);
    expect(groupRefs()).toEqual([]);
  });

  test('that cannot be merged is not made: its pull request leaves', async () => {
    protect();
    const [one, two] = [await green('one', { 'a.txt': '1' }), await green('two', { 'a.txt': '2' })];
    await enqueue(one);
    await enqueue(two);
    expect(waiting()).toEqual([1]);
    expect(reasons()).toEqual(['MERGE_CONFLICT']);
  });

  test('is built anew when the base moves under it', async () => {
    protect();
    const one = await green('one');
    await enqueue(one);
    const moved = await market.commit('main', { 'm.txt': 'm' }, { who: 'ada' });
    await quiet();
    expect(group(one)).toMatchObject({ baseSha: moved });
    expect(destroyed()).toEqual(['invalidated']);
    expect(groupRefs()).toEqual([group(one).ref]);
  });

  test('with HEADGREEN takes those before it along, though they failed, in one move of the base', async () => {
    protect({ grouping: 'HEADGREEN' });
    const [one, two] = [await green('one'), await green('two')];
    await enqueue(one);
    await enqueue(two);
    const { headSha } = group(two);
    await report(group(one).headSha, 'failure');
    expect(waiting()).toEqual([1, 2]);
    market.events.splice(0);
    await report(headSha, 'success');
    expect(market.head('main')).toBe(headSha);
    const pushes = market.events.filter((event) => event.name === 'push' && event.ref === 'refs/heads/main');
    expect(pushes).toHaveLength(1);
    expect([one, two].every((pull) => market.pullRow(pull.id).merged !== null)).toBe(true);
  });

  test('with HEADGREEN takes no more along than may merge at once, and is never red when it becomes the base', async () => {
    protect({ grouping: 'HEADGREEN', maxMerge: 1 });
    const [one, two] = [await green('one'), await green('two')];
    await enqueue(one);
    await enqueue(two);
    const { headSha } = group(two);
    await report(headSha, 'success');
    expect(waiting()).toEqual([1, 2]);
    await report(group(one).headSha, 'failure');
    expect(waiting()).toEqual([2]);
    expect(reasons()).toEqual(['CI_FAILURE']);
    expect(market.head('main')).toBe(market.first);
    expect(group(two)).toMatchObject({ baseSha: market.first });
  });

  test('is made for so many entries at a time, and for one that jumped before others', async () => {
    protect({ maxEntries: 2 });
    const pulls = [await green('one'), await green('two'), await green('three')];
    for (const pull of pulls) await enqueue(pull);
    const grouped = () => pulls.map((pull) => entry(pull)?.group !== null);
    expect(grouped()).toEqual([true, true, false]);
    const four = await green('four');
    expect(await refusal(enqueue(four, { jump: true }))).toMatch(/^403 /);
    await enqueue(four, { who: 'ada', jump: true });
    expect(waiting()).toEqual([4, 1, 2, 3]);
    expect(group(four).baseSha).toBe(market.first);
    expect(group(pulls[0]!).baseSha).toBe(group(four).headSha);
    expect(grouped()).toEqual([true, false, false]);
    expect(groupRefs()).toHaveLength(2);
  });
});

describe('an entry', () => {
  test('is refused as the merge is: no queue, draft, conflict, checks and reviews of its own head', async () => {
    const one = await market.pull('one', { 'a.txt': '1' });
    expect(await refusal(enqueue(one))).toBe("422 No merge queue found for branch 'main'");
    market.queue();
    market.protect('main', { requiredChecks: CHECK, approvals: 1 });
    const approval = 'At least 1 approving review is required by reviewers with write access.';
    expect(await refusal(enqueue(one))).toBe(
      `422 Pull request Required status check "ci" is expected. ${approval}`,
    );
    await report(one.headSha, 'success');
    expect(await refusal(enqueue(one))).toBe(`422 Pull request ${approval}`);
    expect(await refusal(enqueue(one, { who: 'ada' }))).toBe(`422 Pull request ${approval}`);
    await submitReview(market.as('grace'), one, { event: 'APPROVE' });
    expect(await refusal(enqueue(one, { who: 'tove' }))).toMatch(/^403 /);
    expect(await refusal(enqueue(one, { expectedHead: market.first }))).toMatch(/^422 Expected head oid/);
    convertToDraft(market.as('linus'), one);
    expect(await refusal(enqueue(one))).toBe('422 Pull request is still a draft');
    const other = await market.pull('two', { 'a.txt': '2' });
    await report(other.headSha, 'success');
    await submitReview(market.as('grace'), other, { event: 'APPROVE' });
    await enqueue(other, { expectedHead: other.headSha });
    expect(await refusal(enqueue(other))).toBe('422 Pull request is already in the queue');
    await report(group(other).headSha, 'success');
    expect(await refusal(enqueue(other))).toBe('422 Pull request is closed');
    const late = await market.pull('three', { 'b.txt': '3' });
    await market.commit('main', { 'b.txt': '4' }, { who: 'ada' });
    expect(await refusal(enqueue(late))).toBe('422 Pull request is not mergeable');
  });

  test('by an app needs contents and pull requests', async () => {
    market.queue();
    const one = await market.pull('one', { 'one.txt': '1' });
    await enqueue(one, { who: 'app' });
    expect(market.pullRow(one.id).merged).not.toBeNull();
    await market.close();
    market = await createTestRepository({ permissions: { contents: 'read', pull_requests: 'write' } });
    market.queue();
    const other = await market.pull('one', { 'one.txt': '1' });
    expect(await refusal(enqueue(other, { who: 'app' }))).toBe('403 Resource not accessible by integration');
  });

  test('can be taken out by people from write, and those behind are built anew', async () => {
    protect();
    const [one, two] = [await green('one'), await green('two')];
    await enqueue(one);
    await enqueue(two);
    const dequeue = async (pull: Pull, who: Person) => {
      await market.world.exclusive(() => dequeuePull(market.as(who), market.pullRow(pull.id)));
      await quiet();
    };
    expect(await refusal(dequeue(one, 'tove'))).toMatch(/^403 /);
    await dequeue(one, 'grace');
    expect(await refusal(dequeue(one, 'grace'))).toBe('422 Pull request is not in the queue');
    expect(reasons()).toEqual(['MANUAL']);
    expect(destroyed()).toEqual(['dequeued', 'invalidated']);
    expect(group(two).baseSha).toBe(market.first);
    expect(market.timeline(one.issueId)).toEqual(['added_to_merge_queue', 'removed_from_merge_queue']);
  });

  test('leaves when it is closed, merged past the queue, or loses its approval', async () => {
    protect();
    market.protect('main', { requiredChecks: CHECK, approvals: 1 });
    const pulls = [await green('one'), await green('two'), await green('three')] as const;
    const [one, two, three] = pulls;
    for (const pull of pulls) {
      await submitReview(market.as('grace'), pull, { event: 'APPROVE' });
      await enqueue(pull);
    }
    await editPull(market.as('linus'), one, { state: 'closed' });
    await quiet();
    await mergePull(market.as('ada'), market.pullRow(two.id), { method: 'merge' });
    await quiet();
    const [reviewId] = market.pullRow(three.id).reviewIds;
    dismissReview(market.as('ada'), market.world.store.state.reviews[reviewId!]!, 'No');
    await quiet();
    expect(reasons()).toEqual(['MANUAL', 'ALREADY_MERGED', 'BRANCH_PROTECTIONS']);
    expect(waiting()).toEqual([]);
    expect(groupRefs()).toEqual([]);
  });

  /** Seen by Systemorph/MeshWeaver#4272. */
  test('stays when its pull request becomes a draft', async () => {
    protect();
    const one = await green('one');
    await enqueue(one);
    convertToDraft(market.as('linus'), one);
    await quiet();
    await report(group(one).headSha, 'success');
    expect(market.pullRow(one.id).merged).not.toBeNull();
  });
});

describe('with a merge queue', () => {
  /** Seen by pascalgn/automerge-action#235 (merge) and dbt-labs/dbt-utils#886 (push). */
  test('merging and moving the base directly is refused to all but administrators', async () => {
    market.queue();
    const one = await market.pull('one', { 'one.txt': '1' });
    const merge = (who: Person | 'app') =>
      refusal(mergePull(market.as(who), market.pullRow(one.id), { method: 'merge' }));
    const move = (who: Person | 'app') =>
      refusal(
        updateRef(market.as(who), market.repository(), {
          ref: 'refs/heads/main',
          sha: one.headSha,
          force: false,
        }),
      );
    for (const who of ['grace', 'app'] as const) {
      expect(await merge(who)).toBe('405 Changes must be made through the merge queue');
      expect(await move(who)).toBe('422 Changes must be made through the merge queue');
    }
    market.protect('main', { enforceAdmins: true });
    expect(await merge('ada')).toBe('405 Changes must be made through the merge queue');
    market.protect('main', { approvals: 0 });
    expect(await move('grace')).toBe(
      '422 Changes must be made through the merge queue Changes must be made through a pull request.',
    );
    expect(await merge('ada')).toBe('done');
  });

  /** The second seen by SharezoneApp/sharezone-app#605. */
  test('nobody moves the branch of a group or the head of what is queued', async () => {
    protect();
    const one = await green('one');
    await enqueue(one);
    const { ref } = group(one);
    const move = (name: string) =>
      refusal(
        updateRef(market.as('ada'), market.repository(), { ref: name, sha: market.first, force: true }),
      );
    expect(await move(ref)).toBe('422 Cannot update this protected ref.');
    expect(await refusal(deleteRef(market.as('ada'), market.repository(), { ref }))).toMatch(/^422 /);
    expect(await refusal(market.branch('gh-readonly-queue/main/mine'))).toMatch(/^422 Cannot update/);
    expect(await move('refs/heads/one')).toMatch(
      /^422 A pull request for this branch has been added to a merge queue\. Branches that are queued/,
    );
    expect(waiting()).toEqual([1]);
  });
});
