import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { addAssignees } from '../../src/domain/issues/assignees.js';
import { addComment, editComment } from '../../src/domain/issues/comments.js';
import { addBlockedBy } from '../../src/domain/issues/dependencies.js';
import { editIssue } from '../../src/domain/issues/edit.js';
import { lockIssue } from '../../src/domain/issues/locks.js';
import { pinIssue } from '../../src/domain/issues/pins.js';
import { addReaction } from '../../src/domain/issues/reactions.js';
import { addLabels, createLabel, removeLabel } from '../../src/domain/labels.js';
import type { Issue } from '../../src/state/model.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';
import { START } from '../support/world.js';
import { ask, data, market } from './support.js';

let github: TestRepository;
let issue: Issue;
beforeEach(async () => {
  github = await createTestRepository();
  issue = github.issue('A task');
});
afterEach(() => github.close());

type Who = Parameters<TestRepository['as']>[0];

async function read(selection: string, who: Who = 'ada', number = issue.number) {
  return (await data(github.as(who), market(`issue(number: ${number}) { ${selection} }`))).repository.issue;
}

const later = (minutes: number) => github.clock.advanceTo(START + minutes * 60_000, () => Promise.resolve());

describe('authors and viewers', () => {
  test('an app has no [bot] as an author, and has it as the viewer', async () => {
    addComment(github.as('app'), issue, 'Hello');
    expect(
      (await read('comments(first: 1) { nodes { author { __typename login } } }')).comments.nodes,
    ).toEqual([{ author: { __typename: 'Bot', login: 'yardmaster' } }]);
    expect(await data(github.as('app'), '{ viewer { __typename login } }')).toEqual({
      viewer: { __typename: 'User', login: 'yardmaster[bot]' },
    });
  });

  test('viewerDidAuthor speaks of the one who asks', async () => {
    addComment(github.as('app'), issue, 'Hello');
    const selection = 'viewerDidAuthor comments(first: 1) { nodes { viewerDidAuthor } }';
    expect(await read(selection, 'tove')).toEqual({
      viewerDidAuthor: true,
      comments: { nodes: [{ viewerDidAuthor: false }] },
    });
    expect(await read(selection, 'app')).toEqual({
      viewerDidAuthor: false,
      comments: { nodes: [{ viewerDidAuthor: true }] },
    });
  });

  test('reaction groups come all eight, with who reacted and whether the viewer did', async () => {
    const comment = addComment(github.as('olaf'), issue, '/status');
    addReaction(github.as('app'), { kind: 'comment', row: comment }, '+1');
    addReaction(github.as('ada'), { kind: 'comment', row: comment }, '+1');
    const selection = `comments(first: 1) { nodes {
      reactionGroups { content viewerHasReacted reactors(first: 5) { totalCount nodes { ... on Actor { login } } } }
      reactions(first: 5, content: THUMBS_UP) { nodes { content user { login } } }
    } }`;
    const [node] = (await read(selection, 'app')).comments.nodes;
    expect(node.reactionGroups).toHaveLength(8);
    expect(node.reactionGroups[0]).toEqual({
      content: 'THUMBS_UP',
      viewerHasReacted: true,
      reactors: { totalCount: 2, nodes: [{ login: 'yardmaster' }, { login: 'ada' }] },
    });
    expect(node.reactionGroups[1]).toMatchObject({ content: 'THUMBS_DOWN', viewerHasReacted: false });
    expect(node.reactions.nodes).toEqual([
      { content: 'THUMBS_UP', user: null },
      { content: 'THUMBS_UP', user: { login: 'ada' } },
    ]);
  });
});

describe('edits', () => {
  test('a text that was never edited has no editor and no versions', async () => {
    expect(
      await read(
        'editor { login } lastEditedAt includesCreatedEdit userContentEdits(first: 5) { totalCount }',
      ),
    ).toEqual({
      editor: null,
      lastEditedAt: null,
      includesCreatedEdit: false,
      userContentEdits: { totalCount: 0 },
    });
  });

  test('versions come newest first, down to the original, each with its editor and whole text', async () => {
    const comment = addComment(github.as('olaf'), issue, 'first');
    await later(1);
    editComment(github.as('olaf'), comment, 'second');
    await later(2);
    editComment(github.as('linus'), github.world.store.state.comments[comment.id]!, 'third');
    const [node] = (
      await read(
        'comments(first: 1) { nodes { body lastEditedAt editor { login } userContentEdits(first: 5) { nodes { editedAt diff editor { login } } } } }',
      )
    ).comments.nodes;
    expect(node).toEqual({
      body: 'third',
      lastEditedAt: '2026-01-05T10:02:00Z',
      editor: { login: 'linus' },
      userContentEdits: {
        nodes: [
          { editedAt: '2026-01-05T10:02:00Z', diff: 'third', editor: { login: 'linus' } },
          { editedAt: '2026-01-05T10:01:00Z', diff: 'second', editor: { login: 'olaf' } },
          { editedAt: '2026-01-05T10:00:00Z', diff: 'first', editor: { login: 'olaf' } },
        ],
      },
    });
  });
});

describe('dependencies', () => {
  test('both directions, newest edge first, and counts of open and of all', async () => {
    const [first, second] = [github.issue('first'), github.issue('second')];
    addBlockedBy(github.as('tove'), issue, first);
    addBlockedBy(github.as('tove'), issue, second);
    editIssue(github.as('tove'), first, { state: 'closed', stateReason: 'not_planned' });
    const summary = 'issueDependenciesSummary { blockedBy blocking totalBlockedBy totalBlocking }';
    expect(
      await read(
        `${summary} blockedBy(first: 5) { totalCount nodes { number state stateReason repository { nameWithOwner } } }`,
      ),
    ).toEqual({
      issueDependenciesSummary: { blockedBy: 1, blocking: 0, totalBlockedBy: 2, totalBlocking: 0 },
      blockedBy: {
        totalCount: 2,
        nodes: [
          {
            number: second.number,
            state: 'OPEN',
            stateReason: null,
            repository: { nameWithOwner: 'acme/market' },
          },
          {
            number: first.number,
            state: 'CLOSED',
            stateReason: 'NOT_PLANNED',
            repository: { nameWithOwner: 'acme/market' },
          },
        ],
      },
    });
    expect(await read('blocking(first: 5) { nodes { number } }', 'ada', first.number)).toEqual({
      blocking: { nodes: [{ number: issue.number }] },
    });
  });

  test('the timelines of both ends tell who added the edge', async () => {
    const blocker = github.issue('blocker');
    addBlockedBy(github.as('tove'), issue, blocker);
    const items =
      'timelineItems(first: 5) { nodes { __typename ... on BlockedByAddedEvent { actor { login } blockingIssue { number } } ... on BlockingAddedEvent { blockedIssue { number } } } }';
    expect((await read(items)).timelineItems.nodes).toEqual([
      {
        __typename: 'BlockedByAddedEvent',
        actor: { login: 'tove' },
        blockingIssue: { number: blocker.number },
      },
    ]);
    expect((await read(items, 'ada', blocker.number)).timelineItems.nodes).toEqual([
      { __typename: 'BlockingAddedEvent', blockedIssue: { number: issue.number } },
    ]);
  });
});

describe('timelines', () => {
  beforeEach(async () => {
    createLabel(github.as('ada'), github.repository(), { name: 'deploy', color: 'ff0000' });
    addLabels(github.as('tove'), issue, ['deploy']);
    addComment(github.as('olaf'), issue, 'Hello');
    await later(5);
    removeLabel(github.as('ada'), github.issueRow(issue.id), 'deploy');
    editIssue(github.as('ada'), github.issueRow(issue.id), { title: 'Another' });
    editIssue(github.as('ada'), github.issueRow(issue.id), { state: 'closed' });
  });

  test('events and comments stand together in the order in which they happened', async () => {
    const { timelineItems } = await read(`timelineItems(first: 10) { totalCount nodes { __typename
      ... on LabeledEvent { id actor { login } label { name color } labelable { ... on Issue { number } } }
      ... on RenamedTitleEvent { previousTitle currentTitle }
      ... on ClosedEvent { stateReason closer { __typename } url }
      ... on IssueComment { body } } }`);
    expect(timelineItems.totalCount).toBe(5);
    expect(timelineItems.nodes).toEqual([
      {
        __typename: 'LabeledEvent',
        id: expect.any(String),
        actor: { login: 'tove' },
        label: { name: 'deploy', color: 'ff0000' },
        labelable: { number: issue.number },
      },
      { __typename: 'IssueComment', body: 'Hello' },
      { __typename: 'UnlabeledEvent' },
      { __typename: 'RenamedTitleEvent', previousTitle: 'A task', currentTitle: 'Another' },
      {
        __typename: 'ClosedEvent',
        stateReason: 'COMPLETED',
        closer: null,
        url: expect.stringContaining('#event-'),
      },
    ]);
  });

  test('item types and a time choose from it, and every event is a node of its own', async () => {
    const kinds = 'nodes { __typename ... on Node { id } }';
    const some = await read(
      `timelineItems(last: 5, itemTypes: [LABELED_EVENT, UNLABELED_EVENT]) { totalCount filteredCount pageCount ${kinds} }`,
    );
    expect(some.timelineItems).toMatchObject({
      totalCount: 2,
      filteredCount: 2,
      pageCount: 2,
      nodes: [{ __typename: 'LabeledEvent' }, { __typename: 'UnlabeledEvent' }],
    });
    const since = (time: string) => read(`timelineItems(first: 5, since: "${time}") { totalCount }`);
    expect((await since('2026-01-05T11:05:00+01:00')).timelineItems.totalCount).toBe(3);
    expect((await since('2026-01-05T10:05:00.500Z')).timelineItems.totalCount).toBe(0);
    const { id } = some.timelineItems.nodes[1];
    expect(
      await data(
        github.as('ada'),
        `{ node(id: "${id}") { __typename ... on UnlabeledEvent { createdAt } } }`,
      ),
    ).toEqual({
      node: { __typename: 'UnlabeledEvent', createdAt: '2026-01-05T10:05:00Z' },
    });
  });
});

describe('issues of a repository', () => {
  const numbers = async (args: string) =>
    (
      await data(github.as('ada'), market(`issues(first: 10, ${args}) { nodes { number } }`))
    ).repository.issues.nodes.map(({ number }: { number: number }) => number);

  test('are chosen by state, label and time, and sorted', async () => {
    const second = github.issue('second');
    await later(1);
    const third = github.issue('third');
    createLabel(github.as('ada'), github.repository(), { name: 'p0' });
    addLabels(github.as('ada'), issue, ['p0']);
    editIssue(github.as('ada'), second, { state: 'closed' });
    expect(await numbers('states: [OPEN]')).toEqual([issue.number, third.number]);
    expect(await numbers('labels: ["P0", "other"]')).toEqual([issue.number]);
    expect(await numbers('filterBy: { createdBy: "tove", states: [CLOSED] }')).toEqual([second.number]);
    expect(await numbers('filterBy: { since: "2026-01-05T10:01:00Z" }')).toEqual([
      issue.number,
      second.number,
      third.number,
    ]);
    expect(await numbers('orderBy: { field: UPDATED_AT, direction: DESC }')).toEqual([
      third.number,
      second.number,
      issue.number,
    ]);
  });

  test('a filter that is not served is an error, not ignored', async () => {
    const { errors } = await ask(
      github.as('ada'),
      market('issues(first: 1, filterBy: { milestone: "1" }) { nodes { id } }'),
    );
    expect(errors).toMatchObject([{ type: 'NOT_SERVED' }]);
  });

  test('pull requests are not among them', async () => {
    const { issueId } = await github.pull('topic', { 'c.txt': 'c\n' });
    expect(await numbers('states: [OPEN]')).not.toContain(github.issueRow(issueId).number);
  });
});

test('an issue tells its labels, assignees, lock and pin', async () => {
  createLabel(github.as('ada'), github.repository(), { name: 'b', description: 'Second' });
  createLabel(github.as('ada'), github.repository(), { name: 'a' });
  addLabels(github.as('ada'), issue, ['b', 'a']);
  addAssignees(github.as('ada'), github.issueRow(issue.id), ['linus']);
  pinIssue(github.as('linus'), issue);
  lockIssue(github.as('linus'), issue, 'too heated');
  expect(
    await read(`labels(first: 5, orderBy: { field: NAME, direction: ASC }) { nodes { name description } }
      assignees(first: 5) { nodes { login } } isPinned locked activeLockReason authorAssociation url
      repository { pinnedIssues(first: 3) { nodes { issue { number } pinnedBy { login } } } }`),
  ).toEqual({
    labels: {
      nodes: [
        { name: 'a', description: null },
        { name: 'b', description: 'Second' },
      ],
    },
    assignees: { nodes: [{ login: 'linus' }] },
    isPinned: true,
    locked: true,
    activeLockReason: 'TOO_HEATED',
    authorAssociation: 'COLLABORATOR',
    url: `http://127.0.0.1:1/acme/market/issues/${issue.number}`,
    repository: {
      pinnedIssues: { nodes: [{ issue: { number: issue.number }, pinnedBy: { login: 'linus' } }] },
    },
  });
});

test('an issue closed as a duplicate says so only to those who ask for it', async () => {
  editIssue(github.as('ada'), issue, { state: 'closed', stateReason: 'duplicate' });
  expect(await read('plain: stateReason asked: stateReason(enableDuplicate: true)')).toEqual({
    plain: 'NOT_PLANNED',
    asked: 'DUPLICATE',
  });
});
