import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { nodeId } from '../../src/present/node-id.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';
import { forkOf } from '../support/forks.js';
import { ask, data, market as inMarket } from './support.js';

let market: TestRepository;
let fork: Awaited<ReturnType<typeof forkOf>>;
beforeEach(async () => {
  market = await createTestRepository();
  fork = await forkOf(market, 'olaf');
});
afterEach(() => market.close());

const CREATE = `mutation ($input: CreatePullRequestInput!) { createPullRequest(input: $input) { pullRequest {
  number isCrossRepository maintainerCanModify headRefName headRepository { nameWithOwner } } } }`;

const input = (more: object) => ({
  input: {
    repositoryId: nodeId('Repository', market.repository().id),
    baseRefName: 'main',
    headRefName: 'x',
    title: 'A change',
    ...more,
  },
});

test('createPullRequest takes the head of a fork by the id of its repository, or with its owner', async () => {
  await fork.branch('x');
  await fork.commit('x', { 'x.txt': 'x' });
  const headRepositoryId = nodeId('Repository', fork.at().id);
  const made = await data(market.as('olaf'), CREATE, input({ headRepositoryId }));
  expect(made.createPullRequest.pullRequest).toEqual({
    number: 1,
    isCrossRepository: true,
    maintainerCanModify: true,
    headRefName: 'x',
    headRepository: { nameWithOwner: 'olaf/market' },
  });
  await fork.branch('y', fork.head('x'));
  const other = { headRefName: 'olaf:y', maintainerCanModify: false };
  expect((await data(market.as('olaf'), CREATE, input(other))).createPullRequest.pullRequest).toMatchObject({
    number: 2,
    maintainerCanModify: false,
    headRepository: { nameWithOwner: 'olaf/market' },
  });
  const both = { headRepositoryId, headRefName: 'acme:main' };
  expect((await ask(market.as('olaf'), CREATE, input(both))).errors).toMatchObject([
    { type: 'UNPROCESSABLE' },
  ]);
});

test('a branch of the base and one of a fork with the same name have each their own pull requests', async () => {
  await fork.pull('x', { 'x.txt': 'theirs' });
  await market.pull('x', { 'x.txt': 'ours' });
  const SELECTION = 'ref(qualifiedName: "x") { associatedPullRequests(first: 5) { nodes { number } } }';
  const ours = await data(market.as('app'), inMarket(SELECTION));
  expect(ours.repository.ref.associatedPullRequests.nodes).toEqual([{ number: 2 }]);
  const theirs = await data(
    market.as('app'),
    `{ repository(owner: "olaf", name: "market") { ${SELECTION} } }`,
  );
  expect(theirs.repository.ref.associatedPullRequests.nodes).toEqual([{ number: 1 }]);
  const named = await data(
    market.as('app'),
    inMarket('pullRequests(first: 5, headRefName: "x") { nodes { number isCrossRepository } }'),
  );
  expect(named.repository.pullRequests.nodes).toEqual([
    { number: 1, isCrossRepository: true },
    { number: 2, isCrossRepository: false },
  ]);
});

test('a repository says whether it is a fork, of what, and how many it has', async () => {
  const SELECTION = 'isFork forkCount hasIssuesEnabled parent { nameWithOwner }';
  expect((await data(market.as('app'), inMarket(SELECTION))).repository).toEqual({
    isFork: false,
    forkCount: 1,
    hasIssuesEnabled: true,
    parent: null,
  });
  const query = `{ repository(owner: "olaf", name: "market") { ${SELECTION} } }`;
  expect((await data(market.as('app'), query)).repository).toEqual({
    isFork: true,
    forkCount: 0,
    hasIssuesEnabled: false,
    parent: { nameWithOwner: 'acme/market' },
  });
});

test('the branch of a fork is null in its pull request once it is gone, and the grant can be taken back', async () => {
  const pull = await fork.pull('x', { 'x.txt': 'x' });
  const id = nodeId('PullRequest', pull.id);
  const UPDATE = `mutation ($id: ID!) { updatePullRequest(input: { pullRequestId: $id, maintainerCanModify: false }) {
    pullRequest { maintainerCanModify headRef { name } } } }`;
  expect((await data(market.as('olaf'), UPDATE, { id })).updatePullRequest.pullRequest).toEqual({
    maintainerCanModify: false,
    headRef: { name: 'x' },
  });
  const DELETE = 'mutation ($id: ID!) { deleteRef(input: { refId: $id }) { clientMutationId } }';
  await data(market.as('olaf'), DELETE, { id: nodeId('Ref', `${fork.at().id}:refs/heads/x`) });
  const query =
    'query ($id: ID!) { node(id: $id) { ... on PullRequest { state headRef { name } headRefName } } }';
  expect((await data(market.as('app'), query, { id })).node).toEqual({
    state: 'CLOSED',
    headRef: null,
    headRefName: 'x',
  });
});
