import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { createCheckRun, updateCheckRun } from '../../src/domain/checks/runs.js';
import { createStatus } from '../../src/domain/checks/statuses.js';
import { markReady } from '../../src/domain/pulls/draft.js';
import { mergePull } from '../../src/domain/pulls/merge.js';
import { requestReviewers } from '../../src/domain/pulls/reviewers.js';
import { submitReview } from '../../src/domain/pulls/reviews.js';
import { updateBranch } from '../../src/domain/pulls/update-branch.js';
import { deleteRef } from '../../src/domain/refs/operations.js';
import type { PullRequest } from '../../src/state/model.js';
import { OVERVIEW, PULL_REQUESTS } from '../schema/documents-read.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';
import { ask, data, market } from './support.js';

let github: TestRepository;
let task: { number: number };
let pull: PullRequest;
beforeEach(async () => {
  github = await createTestRepository();
  task = github.issue('A task');
  pull = await github.pull(
    'feature/issue-1',
    { 'c.txt': 'c\n', 'a.txt': 'a\nmore\n' },
    { title: 'Do it', body: `Closes #${task.number}`, draft: true, who: 'app' },
  );
});
afterEach(() => github.close());

const number = () => github.issueRow(pull.issueId).number;

async function read(selection: string) {
  return (await data(github.as('ada'), market(`pullRequest(number: ${number()}) { ${selection} }`)))
    .repository.pullRequest;
}

describe('a pull request', () => {
  test('tells its ends, its files and its commits', async () => {
    expect(
      await read(`number title state isDraft isCrossRepository headRefName headRefOid baseRefName baseRefOid
        headRef { name prefix } baseRef { name } author { login } changedFiles additions deletions
        files(first: 10) { totalCount nodes { path changeType additions deletions } }
        commits(last: 1) { totalCount nodes { commit { oid messageHeadline author { user { login } } committer { name } parents(first: 2) { nodes { oid } } } } }`),
    ).toEqual({
      number: number(),
      title: 'Do it',
      state: 'OPEN',
      isDraft: true,
      isCrossRepository: false,
      headRefName: 'feature/issue-1',
      headRefOid: pull.headSha,
      baseRefName: 'main',
      baseRefOid: github.first,
      headRef: { name: 'feature/issue-1', prefix: 'refs/heads/' },
      baseRef: { name: 'main' },
      author: { login: 'yardmaster' },
      changedFiles: 2,
      additions: 2,
      deletions: 0,
      files: {
        totalCount: 2,
        nodes: [
          { path: 'a.txt', changeType: 'MODIFIED', additions: 1, deletions: 0 },
          { path: 'c.txt', changeType: 'ADDED', additions: 1, deletions: 0 },
        ],
      },
      commits: {
        totalCount: 1,
        nodes: [
          {
            commit: {
              oid: pull.headSha,
              messageHeadline: 'Change c.txt, a.txt',
              author: { user: { login: 'linus' } },
              committer: { name: 'GitHub' },
              parents: { nodes: [{ oid: github.first }] },
            },
          },
        ],
      },
    });
  });

  test('names the issues that it closes only while it targets the default branch', async () => {
    const closing = 'closingIssuesReferences(first: 5) { totalCount nodes { number } }';
    expect(await read(closing)).toEqual({
      closingIssuesReferences: { totalCount: 1, nodes: [{ number: task.number }] },
    });
    const back = market(
      `issue(number: ${task.number}) { closedByPullRequestsReferences(first: 5) { nodes { number } } }`,
    );
    expect(
      (await data(github.as('ada'), back)).repository.issue.closedByPullRequestsReferences.nodes,
    ).toEqual([{ number: number() }]);
    await github.branch('other');
    const elsewhere = await github.pull(
      'b',
      { 'd.txt': 'd\n' },
      { base: 'other', body: `Closes #${task.number}` },
    );
    const answer = await data(
      github.as('ada'),
      market(`pullRequest(number: ${github.issueRow(elsewhere.issueId).number}) { ${closing} }`),
    );
    expect(answer.repository.pullRequest.closingIssuesReferences.totalCount).toBe(0);
  });

  test('mergeable is UNKNOWN when asked first, and known when asked again', async () => {
    expect(await read('mergeable')).toEqual({ mergeable: 'UNKNOWN' });
    await github.world.activity.idle();
    expect(await read('mergeable mergeStateStatus')).toEqual({
      mergeable: 'MERGEABLE',
      mergeStateStatus: 'DRAFT',
    });
    markReady(github.as('linus'), pull);
    expect(await read('mergeStateStatus')).toEqual({ mergeStateStatus: 'CLEAN' });
  });

  test('reviews, opinions and requests tell who said what about which commit', async () => {
    requestReviewers(github.as('linus'), pull, ['tove', 'grace']);
    await submitReview(github.as('olaf'), pull, { event: 'APPROVE' });
    await submitReview(github.as('ada'), pull, { event: 'REQUEST_CHANGES', body: 'No' });
    await submitReview(github.as('grace'), pull, { event: 'APPROVE' });
    await submitReview(github.as('ada'), pull, { event: 'APPROVE' });
    await submitReview(github.as('ada'), pull, { event: 'COMMENT', body: 'Fine' });
    const opinion = 'nodes { state author { login } commit { oid } }';
    expect(
      await read(`reviewDecision reviews(first: 10, author: "ada") { nodes { state body } }
        all: latestOpinionatedReviews(first: 5) { totalCount }
        counting: latestOpinionatedReviews(first: 5, writersOnly: true) { ${opinion} }
        reviewRequests(first: 5) { totalCount nodes { requestedReviewer { ... on User { login } } } }`),
    ).toEqual({
      reviewDecision: 'APPROVED',
      reviews: {
        nodes: [
          { state: 'CHANGES_REQUESTED', body: 'No' },
          { state: 'APPROVED', body: '' },
          { state: 'COMMENTED', body: 'Fine' },
        ],
      },
      all: { totalCount: 3 },
      counting: {
        nodes: ['grace', 'ada'].map((login) => ({
          state: 'APPROVED',
          author: { login },
          commit: { oid: pull.headSha },
        })),
      },
      reviewRequests: { totalCount: 1, nodes: [{ requestedReviewer: { login: 'tove' } }] },
    });
  });

  test('merged with its branch deleted, it keeps its oids, has no head ref, and closes its issue as closer', async () => {
    markReady(github.as('linus'), pull);
    const { oid } = await mergePull(github.as('linus'), github.pullRow(pull.id), { method: 'squash' });
    await deleteRef(github.as('linus'), github.repository(), { ref: 'refs/heads/feature/issue-1' });
    expect(
      await read(`state merged mergedBy { login } headRefOid headRef { name } mergeable changedFiles mergeCommit { oid }
        timelineItems(last: 3) { nodes { __typename ... on MergedEvent { commit { oid } mergeRefName mergeRef { name } } ... on HeadRefDeletedEvent { headRefName headRef { name } } } }`),
    ).toEqual({
      state: 'MERGED',
      merged: true,
      mergedBy: { login: 'linus' },
      headRefOid: pull.headSha,
      headRef: null,
      mergeable: 'UNKNOWN',
      changedFiles: 2,
      mergeCommit: { oid },
      timelineItems: {
        nodes: [
          { __typename: 'MergedEvent', commit: { oid }, mergeRefName: 'main', mergeRef: { name: 'main' } },
          { __typename: 'ClosedEvent' },
          { __typename: 'HeadRefDeletedEvent', headRefName: 'feature/issue-1', headRef: null },
        ],
      },
    });
    const issue = market(
      `issue(number: ${task.number}) { state timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { closer { ... on PullRequest { number } } } } } }`,
    );
    expect((await data(github.as('ada'), issue)).repository.issue).toEqual({
      state: 'CLOSED',
      timelineItems: { nodes: [{ closer: { number: number() } }] },
    });
  });

  test('a rebase is a forced push in the timeline, with both commits and who did it', async () => {
    await github.commit('main', { 'b.txt': 'new\n' });
    const { oid } = await updateBranch(github.as('app'), github.pullRow(pull.id), { method: 'rebase' });
    const { timelineItems } = await read(
      'timelineItems(last: 5, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) { nodes { ... on HeadRefForcePushedEvent { actor { login } beforeCommit { oid } afterCommit { oid } ref { name } } } }',
    );
    expect(timelineItems.nodes).toEqual([
      {
        actor: { login: 'yardmaster' },
        beforeCommit: { oid: pull.headSha },
        afterCommit: { oid },
        ref: { name: 'feature/issue-1' },
      },
    ]);
  });

  test('pull requests are chosen by state and branch', async () => {
    const other = await github.pull('other', { 'd.txt': 'd\n' });
    const answer = await data(
      github.as('ada'),
      market(`open: pullRequests(first: 5, states: [OPEN]) { totalCount }
        closed: pullRequests(first: 5, states: [CLOSED, MERGED]) { totalCount }
        head: pullRequests(first: 5, headRefName: "other", baseRefName: "main") { nodes { number } }
        ref(qualifiedName: "other") { associatedPullRequests(first: 5) { nodes { number } } }`),
    );
    const nodes = [{ number: github.issueRow(other.issueId).number }];
    expect(answer.repository).toEqual({
      open: { totalCount: 2 },
      closed: { totalCount: 0 },
      head: { nodes },
      ref: { associatedPullRequests: { nodes } },
    });
  });
});

describe('checks', () => {
  const run = (name: string, more: object = {}) =>
    createCheckRun(github.as('app'), github.repository(), { name, headSha: pull.headSha, ...more });

  test('a commit without reports has no rollup', async () => {
    expect(await read('statusCheckRollup { state }')).toEqual({ statusCheckRollup: null });
  });

  test('the rollup keeps superseded runs, and its state is that of the newest', async () => {
    await run('gate', { conclusion: 'failure' });
    await run('gate', { conclusion: 'success', externalId: 'v1', output: { title: 'Free', summary: 's' } });
    await createStatus(github.as('linus'), github.repository(), {
      sha: pull.headSha,
      state: 'pending',
      context: 'ci',
    });
    expect(
      await read(`statusCheckRollup { state contexts(first: 10) { totalCount checkRunCount
        checkRunCountsByState { state count } statusContextCountsByState { state count }
        nodes { __typename ... on CheckRun { name conclusion title externalId } ... on StatusContext { context state creator { login } } } } }`),
    ).toEqual({
      statusCheckRollup: {
        state: 'PENDING',
        contexts: {
          totalCount: 3,
          checkRunCount: 2,
          checkRunCountsByState: [
            { state: 'FAILURE', count: 1 },
            { state: 'SUCCESS', count: 1 },
          ],
          statusContextCountsByState: [{ state: 'PENDING', count: 1 }],
          nodes: [
            { __typename: 'CheckRun', name: 'gate', conclusion: 'FAILURE', title: null, externalId: '' },
            { __typename: 'CheckRun', name: 'gate', conclusion: 'SUCCESS', title: 'Free', externalId: 'v1' },
            { __typename: 'StatusContext', context: 'ci', state: 'PENDING', creator: { login: 'linus' } },
          ],
        },
      },
    });
  });

  test('suites are chosen by app, and their runs by type', async () => {
    const first = await run('gate', { status: 'in_progress' });
    await run('gate', { conclusion: 'success' });
    await run('other');
    updateCheckRun(github.as('app'), first, { conclusion: 'neutral' });
    const suites = (filter: string, runs: string) =>
      `commits(last: 1) { nodes { commit { checkSuites(first: 5, filterBy: ${filter}) { nodes { app { slug } status checkRuns(first: 5${runs}) { nodes { name status conclusion } } } } } } }`;
    const latest = await read(suites('{ appId: 1001 }', ', filterBy: { checkType: LATEST }'));
    expect(latest.commits.nodes[0].commit.checkSuites.nodes).toEqual([
      {
        app: { slug: 'yardmaster' },
        status: 'QUEUED',
        checkRuns: {
          nodes: [
            { name: 'gate', status: 'COMPLETED', conclusion: 'SUCCESS' },
            { name: 'other', status: 'QUEUED', conclusion: null },
          ],
        },
      },
    ]);
    const all = await read(suites('{ checkName: "gate" }', ', filterBy: { checkName: "gate" }'));
    expect(all.commits.nodes[0].commit.checkSuites.nodes[0].checkRuns.nodes).toHaveLength(2);
    const none = await read(suites('{ appId: 5 }', ''));
    expect(none.commits.nodes[0].commit.checkSuites.nodes).toEqual([]);
  });
});

describe('the documents of a bot', () => {
  test('the overview of a repository is answered whole, and costs four points', async () => {
    await createCheckRun(github.as('app'), github.repository(), { name: 'gate', headSha: pull.headSha });
    github.protect('main', {
      requiredChecks: [{ context: 'gate', appId: 1001 }],
      approvals: 1,
      linear: true,
    });
    const { errors, violations, cost, data } = await ask(github.as('app'), OVERVIEW, {
      owner: 'acme',
      name: 'market',
      base: 'refs/heads/main',
      file: 'main:a.txt',
      appId: 1001,
    });
    expect({ errors, violations, cost }).toEqual({ errors: undefined, violations: [], cost: 4 });
    expect(data.repository).toMatchObject({
      object: { text: 'a\n', byteSize: 2, isTruncated: false },
      ref: {
        target: { oid: github.first, history: { nodes: [{ oid: github.first }] } },
        refUpdateRule: {
          requiredStatusCheckContexts: ['gate'],
          requiredApprovingReviewCount: 1,
          requiresLinearHistory: true,
          viewerCanPush: true,
        },
      },
      refs: { nodes: [{ name: 'feature/issue-1', target: { oid: pull.headSha } }] },
      mergeQueue: null,
      pullRequests: { nodes: [{ reviewDecision: 'REVIEW_REQUIRED' }] },
    });
  });

  test('the details of pull requests are answered whole, and the head is compared as the base of the comparison', async () => {
    await github.commit('main', { 'b.txt': 'new\n' });
    const { id } = await read('id');
    const { errors, violations, data } = await ask(github.as('app'), PULL_REQUESTS, {
      ids: [id],
      base: 'main',
    });
    expect({ errors, violations }).toEqual({ errors: undefined, violations: [] });
    expect(data.nodes[0].headRef.compare).toEqual({ status: 'DIVERGED', aheadBy: 1, behindBy: 1 });
  });
});
