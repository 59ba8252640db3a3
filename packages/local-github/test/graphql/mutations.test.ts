import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { createLabel } from '../../src/domain/labels.js';
import type { Context } from '../../src/domain/context.js';
import { createIssue } from '../../src/domain/issues/create.js';
import { addBlockedBy } from '../../src/domain/issues/dependencies.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';
import { ask, data, market } from './support.js';

/** A branch, a commit with a file, and a draft pull request: none needs the answer to the one before. */
const DEPLOY = `mutation Deploy($repositoryId: ID!, $nameWithOwner: String!, $ref: String!, $branch: String!, $baseOid: GitObjectID!,
    $headline: String!, $path: String!, $contents: Base64String!, $base: String!, $title: String!, $body: String!) {
  createRef(input: { repositoryId: $repositoryId, name: $ref, oid: $baseOid }) { ref { id name } }
  createCommitOnBranch(input: { branch: { repositoryNameWithOwner: $nameWithOwner, branchName: $branch }, expectedHeadOid: $baseOid,
    message: { headline: $headline }, fileChanges: { additions: [{ path: $path, contents: $contents }] } }) { commit { oid } ref { name } }
  createPullRequest(input: { repositoryId: $repositoryId, baseRefName: $base, headRefName: $branch, title: $title, body: $body, draft: true }) {
    pullRequest { number headRefOid isDraft } } }`;

let github: TestRepository;
let repositoryId: string;
beforeEach(async () => {
  github = await createTestRepository();
  repositoryId = (await data(github.as('ada'), market('id'))).repository.id;
});
afterEach(() => github.close());

const idOf = async (selection: string) =>
  Object.values<{ id: string }>((await data(github.as('ada'), market(`${selection} { id }`))).repository)[0]!
    .id;
const issueId = (number: number) => idOf(`issue(number: ${number})`);

const check = (alias: string, name = alias) =>
  `${alias}: createCheckRun(input: { repositoryId: "${repositoryId}", headSha: "${github.first}", name: "${name}", conclusion: SUCCESS }) { checkRun { name conclusion databaseId } }`;

describe('several fields in one document', () => {
  test('are one effect each, in order, and each payload shows the state that its field left', async () => {
    const context = github.as('app');
    const { data, mutations, kind } = await ask(
      context,
      `mutation { ${check('a', 'gate')} ${check('b', 'gate')} }`,
    );
    expect({ mutations, kind }).toEqual({ mutations: ['createCheckRun', 'createCheckRun'], kind: 'write' });
    expect(context.effects).toHaveLength(2);
    expect(data.a.checkRun).toMatchObject({ name: 'gate', conclusion: 'SUCCESS' });
    expect(data.b.checkRun.databaseId).toBeGreaterThan(data.a.checkRun.databaseId);
  });

  test('a refusal in the middle is null there, and the later ones still run', async () => {
    const context = github.as('app');
    const middle = `middle: createRef(input: { repositoryId: "${repositoryId}", name: "refs/heads/x", oid: "${'1'.repeat(40)}" }) { ref { name } }`;
    const { data, errors, status } = await ask(context, `mutation { ${check('a')} ${middle} ${check('b')} }`);
    expect(status).toBe(200);
    expect(data).toMatchObject({
      a: { checkRun: { name: 'a' } },
      middle: null,
      b: { checkRun: { name: 'b' } },
    });
    expect(errors).toEqual([
      expect.objectContaining({ type: 'UNPROCESSABLE', path: ['middle'], message: 'Object does not exist' }),
    ]);
    expect(context.effects).toHaveLength(2);
  });

  test('a cut after an effect ends the document: nothing later runs, and the cut is thrown', async () => {
    const cut = new Error('cut');
    const context: Context = {
      ...github.as('app'),
      afterEffect() {
        throw cut;
      },
    };
    await expect(ask(context, `mutation { ${check('a')} ${check('b')} }`)).rejects.toBe(cut);
    const names = Object.values(github.world.store.state.checkRuns).map(({ name }) => name);
    expect(names).toEqual(['a']);
  });

  test('documents that write at the same time take turns by field, and lose nothing', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        data(
          github.as('linus'),
          `mutation { one: createRef(input: { repositoryId: "${repositoryId}", name: "refs/heads/${name}1", oid: "${github.first}" }) { ref { name } }
            two: createRef(input: { repositoryId: "${repositoryId}", name: "refs/heads/${name}2", oid: "${github.first}" }) { ref { name } } }`,
        ),
      ),
    );
    expect(answers.map(({ one, two }) => [one.ref.name, two.ref.name])).toEqual([
      ['a1', 'a2'],
      ['b1', 'b2'],
      ['c1', 'c2'],
    ]);
    expect(['a1', 'a2', 'b1', 'b2', 'c1', 'c2'].map(github.head)).toEqual(Array(6).fill(github.first));
  });

  test('a branch, a commit with a file and a draft pull request are made by one document', async () => {
    const context = github.as('app');
    const { errors, violations, data } = await ask(context, DEPLOY, deployment());
    expect({ errors, violations }).toEqual({ errors: undefined, violations: [] });
    expect(context.effects).toHaveLength(3);
    const { commit } = data.createCommitOnBranch;
    expect(data.createPullRequest.pullRequest).toMatchObject({ headRefOid: commit.oid, isDraft: true });
    expect(github.head('feature/issue-1')).toBe(commit.oid);
    const blob = await data_(`object(expression: "feature/issue-1:docs/task.md") { ... on Blob { text } }`);
    expect(blob.object.text).toBe('Ünïcode\n');
  });

  test('what is there already is refused field by field when the document comes again', async () => {
    await data(github.as('app'), DEPLOY, deployment());
    const { data: again, errors } = await ask(github.as('app'), DEPLOY, deployment());
    expect(again).toEqual({ createRef: null, createCommitOnBranch: null, createPullRequest: null });
    expect(errors?.map(({ type, message }) => [type, message.replaceAll(/[0-9a-f]{40}/g, 'oid')])).toEqual([
      ['UNPROCESSABLE', 'Reference already exists'],
      ['STALE_DATA', 'Expected branch to point to "oid" but it points to "oid". Pull and try again.'],
      ['UNPROCESSABLE', 'A pull request already exists for acme:feature/issue-1.'],
    ]);
  });
});

const data_ = async (selection: string) => (await data(github.as('ada'), market(selection))).repository;

function deployment() {
  return {
    repositoryId,
    nameWithOwner: 'acme/market',
    ref: 'refs/heads/feature/issue-1',
    branch: 'feature/issue-1',
    baseOid: github.first,
    headline: 'Add the task',
    path: 'docs/task.md',
    contents: Buffer.from('Ünïcode\n').toString('base64'),
    base: 'main',
    title: 'Do it',
    body: 'Body',
  };
}

describe('refs', () => {
  const move = (updates: object[]) =>
    ask(
      github.as('app'),
      'mutation($id: ID!, $u: [RefUpdate!]!) { updateRefs(input: { repositoryId: $id, refUpdates: $u }) { clientMutationId } }',
      {
        id: repositoryId,
        u: updates,
      },
    );
  const ZERO = '0'.repeat(40);

  test('updateRefs compares and swaps all or none, and deletes by zeros', async () => {
    await github.branch('topic');
    const next = await github.commit('topic', { 'c.txt': 'c\n' });
    const stale = await move([
      { name: 'refs/heads/main', beforeOid: github.first, afterOid: next },
      { name: 'refs/heads/topic', beforeOid: github.first, afterOid: ZERO },
    ]);
    expect(stale.data).toEqual({ updateRefs: null });
    expect(stale.errors).toMatchObject([{ type: 'STALE_DATA' }]);
    expect(github.head('main')).toBe(github.first);
    const moved = await move([
      { name: 'refs/heads/main', beforeOid: github.first, afterOid: next },
      { name: 'refs/heads/topic', beforeOid: next, afterOid: ZERO },
    ]);
    expect(moved.errors).toBeUndefined();
    expect([github.head('main'), github.head('topic')]).toEqual([next, undefined]);
  });

  test('updateRef moves and deleteRef deletes the ref of an id', async () => {
    await github.branch('topic');
    const next = await github.commit('topic', { 'c.txt': 'c\n' });
    const id = await idOf('ref(qualifiedName: "main")');
    const answer = await data(
      github.as('linus'),
      `mutation { updateRef(input: { refId: "${id}", oid: "${next}", clientMutationId: "m1" }) { clientMutationId ref { target { oid } } }
        deleteRef(input: { refId: "${await idOf('ref(qualifiedName: "topic")')}" }) { clientMutationId } }`,
    );
    expect(answer).toEqual({
      updateRef: { clientMutationId: 'm1', ref: { target: { oid: next } } },
      deleteRef: { clientMutationId: null },
    });
    expect(github.head('topic')).toBeUndefined();
  });
});

describe('issues', () => {
  test('are made with labels and assignees, edited, closed, reopened and commented', async () => {
    createLabel(github.as('ada'), github.repository(), { name: 'p0' });
    const label = await idOf('label(name: "p0")');
    const user = (await data(github.as('ada'), '{ user(login: "linus") { id } }')).user.id;
    const made = await data(
      github.as('app'),
      `mutation { createIssue(input: { repositoryId: "${repositoryId}", title: "T", body: "B", labelIds: ["${label}"], assigneeIds: ["${user}"] }) {
        issue { id title body author { login } labels(first: 2) { nodes { name } } assignees(first: 2) { nodes { login } } } } }`,
    );
    const { id, ...issue } = made.createIssue.issue;
    expect(issue).toEqual({
      title: 'T',
      body: 'B',
      author: { login: 'yardmaster' },
      labels: { nodes: [{ name: 'p0' }] },
      assignees: { nodes: [{ login: 'linus' }] },
    });
    const changed = await data(
      github.as('app'),
      `mutation($id: ID!) {
        closeIssue(input: { issueId: $id, stateReason: NOT_PLANNED }) { issue { state stateReason } }
        reopenIssue(input: { issueId: $id }) { issue { state stateReason } }
        updateIssue(input: { id: $id, body: "C" }) { issue { body lastEditedAt editor { login } } }
        removeLabelsFromLabelable(input: { labelableId: $id, labelIds: ["${label}"] }) { labelable { labels(first: 1) { totalCount } } }
        addLabelsToLabelable(input: { labelableId: $id, labelIds: ["${label}"] }) { labelable { labels(first: 1) { totalCount } } }
        addReaction(input: { subjectId: $id, content: EYES }) { reaction { content } subject { id } }
        addComment(input: { subjectId: $id, body: "Hi" }) { commentEdge { cursor node { id body } } subject { ... on Issue { comments { totalCount } } } } }`,
      { id },
    );
    expect(changed).toMatchObject({
      closeIssue: { issue: { state: 'CLOSED', stateReason: 'NOT_PLANNED' } },
      reopenIssue: { issue: { state: 'OPEN', stateReason: 'REOPENED' } },
      updateIssue: {
        issue: { body: 'C', lastEditedAt: '2026-01-05T10:00:00Z', editor: { login: 'yardmaster' } },
      },
      removeLabelsFromLabelable: { labelable: { labels: { totalCount: 0 } } },
      addLabelsToLabelable: { labelable: { labels: { totalCount: 1 } } },
      addReaction: { reaction: { content: 'EYES' }, subject: { id } },
      addComment: { commentEdge: { node: { body: 'Hi' } }, subject: { comments: { totalCount: 1 } } },
    });
    const commentId = changed.addComment.commentEdge.node.id;
    const edited = await data(
      github.as('app'),
      `mutation { updateIssueComment(input: { id: "${commentId}", body: "Ho" }) { issueComment { body } }
        addReaction(input: { subjectId: "${commentId}", content: THUMBS_UP }) { reactionGroups { content viewerHasReacted } } }`,
    );
    expect(edited.updateIssueComment.issueComment.body).toBe('Ho');
    expect(edited.addReaction.reactionGroups[0]).toEqual({ content: 'THUMBS_UP', viewerHasReacted: true });
  });

  test('are pinned and unpinned, and block each other', async () => {
    const [a, b] = [await issueId(github.issue('a').number), await issueId(github.issue('b').number)];
    const answer = await data(
      github.as('app'),
      `mutation($a: ID!, $b: ID!) {
        pinIssue(input: { issueId: $a }) { issue { isPinned } }
        unpinIssue(input: { issueId: $a }) { id issue { isPinned } }
        addBlockedBy(input: { issueId: $a, blockingIssueId: $b }) { issue { blockedBy { totalCount } } blockingIssue { title } }
        removeBlockedBy(input: { issueId: $a, blockingIssueId: $b }) { issue { blockedBy { totalCount } } } }`,
      { a, b },
    );
    expect(answer).toEqual({
      pinIssue: { issue: { isPinned: true } },
      unpinIssue: { id: a, issue: { isPinned: false } },
      addBlockedBy: { issue: { blockedBy: { totalCount: 1 } }, blockingIssue: { title: 'b' } },
      removeBlockedBy: { issue: { blockedBy: { totalCount: 0 } } },
    });
  });

  test('an input that is not served is an error and a violation, and changes nothing', async () => {
    const context = github.as('ada');
    const { errors, violations } = await ask(
      context,
      `mutation { createIssue(input: { repositoryId: "${repositoryId}", title: "T", milestoneId: "M_1" }) { issue { id } } }`,
    );
    expect(errors).toMatchObject([{ type: 'NOT_SERVED', path: ['createIssue'] }]);
    expect(violations).toHaveLength(1);
    expect(context.effects).toEqual([]);
  });
});

describe('pull requests', () => {
  test('become ready, drafts, closed, open, renamed, updated and merged', async () => {
    const { issueId: row } = await github.pull('topic', { 'c.txt': 'c\n' }, { draft: true });
    await github.commit('main', { 'b.txt': 'new\n' });
    const id = await idOf(`pullRequest(number: ${github.issueRow(row).number})`);
    const pr = 'pullRequest { isDraft state title headRefOid }';
    const first = await data(
      github.as('app'),
      `mutation($id: ID!) {
        markPullRequestReadyForReview(input: { pullRequestId: $id }) { ${pr} }
        convertPullRequestToDraft(input: { pullRequestId: $id }) { ${pr} }
        again: markPullRequestReadyForReview(input: { pullRequestId: $id }) { ${pr} }
        closePullRequest(input: { pullRequestId: $id }) { ${pr} }
        reopenPullRequest(input: { pullRequestId: $id }) { ${pr} }
        updatePullRequest(input: { pullRequestId: $id, title: "New" }) { ${pr} }
        updatePullRequestBranch(input: { pullRequestId: $id, updateMethod: REBASE }) { ${pr} } }`,
      { id },
    );
    const seen = Object.values<{ pullRequest: Record<string, unknown> }>(first).map(
      ({ pullRequest }) => pullRequest,
    );
    expect(seen.map(({ isDraft, state }) => [isDraft, state])).toEqual([
      [false, 'OPEN'],
      [true, 'OPEN'],
      [false, 'OPEN'],
      [false, 'CLOSED'],
      [false, 'OPEN'],
      [false, 'OPEN'],
      [false, 'OPEN'],
    ]);
    expect(seen.at(-1)?.['title']).toBe('New');
    const head = github.head('topic')!;
    expect(seen.at(-1)?.['headRefOid']).toBe(head);
    const stale = await ask(
      github.as('app'),
      `mutation { mergePullRequest(input: { pullRequestId: "${id}", expectedHeadOid: "${github.first}" }) { clientMutationId } }`,
    );
    expect(stale.errors).toMatchObject([
      { message: 'Head branch was modified. Review and try the merge again.' },
    ]);
    const merged = await data(
      github.as('app'),
      `mutation { mergePullRequest(input: { pullRequestId: "${id}", expectedHeadOid: "${head}", mergeMethod: SQUASH, commitHeadline: "One" }) { actor { login } pullRequest { state mergeCommit { oid messageHeadline } } } }`,
    );
    expect(merged.mergePullRequest).toEqual({
      actor: { login: 'yardmaster' },
      pullRequest: { state: 'MERGED', mergeCommit: { oid: github.head('main'), messageHeadline: 'One' } },
    });
  });
});

test('a check run is changed by its id, with output, annotations and actions', async () => {
  const made = await data(github.as('app'), `mutation { ${check('gate')} }`);
  expect(made.gate.checkRun.conclusion).toBe('SUCCESS');
  const { object } = await data_(
    'object(expression: "main") { ... on Commit { checkSuites(first: 1) { nodes { checkRuns(first: 1) { nodes { id } } } } } }',
  );
  const answer = await data(
    github.as('app'),
    `mutation($id: ID!) { updateCheckRun(input: { repositoryId: "${repositoryId}", checkRunId: $id, conclusion: ACTION_REQUIRED,
      output: { title: "t", summary: "s", annotations: [{ path: "a.txt", annotationLevel: WARNING, message: "m", location: { startLine: 1, endLine: 2 } }] },
      actions: [{ label: "Undo", description: "d", identifier: "undo" }] }) {
      checkRun { conclusion title summary annotations(first: 1) { nodes { annotationLevel location { start { line } end { line } } } } } } }`,
    { id: object.checkSuites.nodes[0].checkRuns.nodes[0].id },
  );
  expect(answer.updateCheckRun.checkRun).toEqual({
    conclusion: 'ACTION_REQUIRED',
    title: 't',
    summary: 's',
    annotations: {
      nodes: [{ annotationLevel: 'WARNING', location: { start: { line: 1 }, end: { line: 2 } } }],
    },
  });
});

test('an issue that is deleted is found no more, and the events that name it show none', async () => {
  const { people } = github;
  const [blocked, gone] = [1, 2].map(() =>
    createIssue(github.as('olaf'), github.repository(), { title: 'x' }),
  );
  addBlockedBy(github.as('linus'), blocked!, gone!);
  const id = await issueId(gone!.number);
  const deleted = await data(
    github.as('ada'),
    `mutation { deleteIssue(input: { issueId: "${id}" }) { repository { name } } }`,
  );
  expect(deleted.deleteIssue).toEqual({ repository: { name: 'market' } });
  const { issue } = await data_(
    `issue(number: ${blocked!.number}) { blockedBy(first: 9) { totalCount }
      timelineItems(first: 9, itemTypes: [BLOCKED_BY_ADDED_EVENT]) { nodes { ... on BlockedByAddedEvent { actor { login } blockingIssue { number } } } } }`,
  );
  expect(issue).toEqual({
    blockedBy: { totalCount: 0 },
    timelineItems: { nodes: [{ actor: { login: people.linus.login }, blockingIssue: null }] },
  });
});

test('a mutation of a node that does not exist, or is of another type, is NOT_FOUND', async () => {
  for (const id of ['nonsense', repositoryId]) {
    const { data, errors } = await ask(
      github.as('ada'),
      `mutation { pinIssue(input: { issueId: "${id}" }) { clientMutationId } }`,
    );
    expect(data).toEqual({ pinIssue: null });
    expect(errors).toMatchObject([
      { type: 'NOT_FOUND', message: `Could not resolve to a node with the global id of '${id}'` },
    ]);
  }
});
