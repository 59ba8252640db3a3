import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { type TestRepository, createTestRepository } from '../support/branches.js';
import { ask, data, market } from './support.js';

let github: TestRepository;
beforeEach(async () => {
  github = await createTestRepository();
  for (const title of ['one', 'two', 'three', 'four', 'five']) github.issue(title);
});
afterEach(() => github.close());

const titles = (connection: { nodes: { title: string }[] }) => connection.nodes.map(({ title }) => title);

async function page(
  args: string,
  selection = 'totalCount nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }',
) {
  return (await data(github.as('ada'), market(`issues(${args}) { ${selection} }`))).repository.issues;
}

describe('pages', () => {
  test('first and after walk forward through everything, once each', async () => {
    const seen: string[] = [];
    let after = '';
    for (;;) {
      const found = await page(`first: 2${after}`);
      seen.push(...titles(found));
      expect(found.totalCount).toBe(5);
      if (!found.pageInfo.hasNextPage) break;
      after = `, after: "${found.pageInfo.endCursor}"`;
    }
    expect(seen).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  test('last and before walk backward', async () => {
    const end = await page('last: 2');
    expect(titles(end)).toEqual(['four', 'five']);
    expect(end.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = await page(`last: 2, before: "${end.pageInfo.startCursor}"`);
    expect(titles(before)).toEqual(['two', 'three']);
  });

  test('a cursor keeps its place when items before it appear or go', async () => {
    const order = 'orderBy: { field: CREATED_AT, direction: DESC }';
    const first = await page(`first: 2, ${order}`);
    expect(titles(first)).toEqual(['five', 'four']);
    github.issue('six');
    const next = await page(`first: 2, ${order}, after: "${first.pageInfo.endCursor}"`);
    expect(titles(next)).toEqual(['three', 'two']);
  });

  test('edges carry the cursors of their nodes', async () => {
    const { edges } = await page('first: 3', 'edges { cursor node { title } }');
    const rest = await page(`first: 1, after: "${edges[1].cursor}"`);
    expect(titles(rest)).toEqual([edges[2].node.title]);
  });

  test('an empty page has no cursors', async () => {
    const none = await page('first: 3, states: [CLOSED]');
    expect(none).toEqual({
      totalCount: 0,
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  test('what is no cursor is refused', async () => {
    const { data, errors } = await ask(
      github.as('ada'),
      market('issues(first: 1, after: "hello") { nodes { id } }'),
    );
    expect(data).toEqual({ repository: null });
    expect(errors).toMatchObject([
      { message: '`hello` does not appear to be a valid cursor (argument `after`).' },
    ]);
  });
});

describe('bounds', () => {
  test.each([
    [
      'issues { nodes { id } }',
      'MISSING_PAGINATION_BOUNDARIES',
      'You must provide a `first` or `last` value to properly paginate the `issues` connection.',
    ],
    [
      'issues { ...F } } } fragment F on IssueConnection { pageInfo { endCursor',
      'MISSING_PAGINATION_BOUNDARIES',
      'You must provide a `first` or `last` value to properly paginate the `issues` connection.',
    ],
    [
      'issues(first: 101) { nodes { id } }',
      'EXCESSIVE_PAGINATION',
      'Requesting 101 records on the `issues` connection exceeds the `first` limit of 100 records.',
    ],
    [
      'issues(last: 500) { totalCount }',
      'EXCESSIVE_PAGINATION',
      'Requesting 500 records on the `issues` connection exceeds the `last` limit of 100 records.',
    ],
    [
      'issues(first: 0) { nodes { id } }',
      'UNPROCESSABLE',
      '`first` on the `issues` connection cannot be less than 1.',
    ],
    [
      'issues(first: 1, last: 1) { nodes { id } }',
      'UNPROCESSABLE',
      'Passing both `first` and `last` to the `issues` connection is not supported.',
    ],
  ])('%s is refused as %s and recorded', async (selection, type, message) => {
    const { data, errors, violations } = await ask(github.as('ada'), market(selection));
    expect(data).toEqual({ repository: null });
    expect(errors).toEqual([expect.objectContaining({ type, path: ['repository', 'issues'], message })]);
    expect(violations).toHaveLength(1);
  });

  test('a count alone needs no bounds', async () => {
    expect(await page('states: [OPEN]', 'totalCount')).toEqual({ totalCount: 5 });
  });

  test('more than 100 ids are refused', async () => {
    const { errors } = await ask(github.as('ada'), 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array.from({ length: 101 }, (_, index) => `I_${index}`),
    });
    expect(errors?.[0]?.message).toBe('You may not provide more than 100 node ids; you provided 101.');
  });
});

describe('what a document costs', () => {
  const cost = async (query: string, variables?: Record<string, unknown>) =>
    (await data(github.as('ada'), query, variables)).rateLimit;

  test('a plain read costs one point and no nodes', async () => {
    expect(await cost('{ rateLimit { cost nodeCount limit used remaining resetAt } }')).toEqual({
      cost: 1,
      nodeCount: 0,
      limit: 5000,
      used: 1,
      remaining: 4999,
      resetAt: '2026-01-05T11:00:00Z',
    });
  });

  test('the nodes and requests of nested connections multiply, and two fragments that ask the same count once', async () => {
    const query = `{ rateLimit { cost nodeCount } repository(owner: "acme", name: "market") { ...A ...B } }
      fragment A on Repository { issues(first: 50) { nodes { comments(first: 20) { nodes { id reactions(last: 10) { totalCount } } } } } }
      fragment B on Repository { issues(first: 50) { nodes { title } } }`;
    expect(await cost(query)).toEqual({
      cost: Math.round((1 + 50 + 50 * 20) / 100),
      nodeCount: 50 + 1000 + 10_000,
    });
  });

  test('ids count as nodes, and what follows is multiplied by them', async () => {
    const query =
      'query($ids: [ID!]!) { rateLimit { cost nodeCount } nodes(ids: $ids) { ... on Issue { comments(first: 10) { totalCount } } } }';
    const { repository } = await data(github.as('ada'), market('issues(first: 2) { nodes { id } }'));
    const ids = repository.issues.nodes.map(({ id }: { id: string }) => id);
    expect(await cost(query, { ids })).toEqual({ cost: 1, nodeCount: 2 + 20 });
  });

  test('half a million nodes are the limit: above it nothing runs', async () => {
    const query = market(
      'issues(first: 100) { nodes { comments(first: 100) { nodes { reactions(first: 100) { nodes { id } } } } } }',
    );
    const { data, errors, violations } = await ask(github.as('ada'), query);
    expect(data).toBeUndefined();
    expect(errors).toEqual([
      {
        type: 'MAX_NODE_LIMIT_EXCEEDED',
        message:
          'This query requests up to 1,010,100 possible nodes which exceeds the maximum limit of 500,000.',
      },
    ]);
    expect(violations).toHaveLength(1);
  });
});
