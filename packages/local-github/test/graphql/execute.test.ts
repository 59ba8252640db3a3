import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { executeGraphql } from '../../src/graphql/execute.js';
import { RESOLVERS } from '../../src/graphql/resolvers.js';
import { MUTATIONS } from '../../src/graphql/mutations/table.js';
import { loadSchema } from '../../src/schema/graphql.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';
import { ask, data, market } from './support.js';

let github: TestRepository;
beforeEach(async () => {
  github = await createTestRepository();
});
afterEach(() => github.close());

describe('the table of resolvers', () => {
  test('every type and field in it is one of the schema', () => {
    const strangers = Object.entries(RESOLVERS).flatMap(([type, fields]) => {
      const known = Object.keys(Object(loadSchema().getType(type)).getFields?.() ?? {});
      return Object.keys(fields).flatMap((field) => (known.includes(field) ? [] : [`${type}.${field}`]));
    });
    expect(strangers).toEqual([]);
  });

  test('every mutation in it is one of the schema', () => {
    const known = Object.keys(loadSchema().getMutationType()!.getFields());
    expect(Object.keys(MUTATIONS).filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('what a document may be', () => {
  test('nobody and an app without installation get 401, and nothing runs', async () => {
    const anonymous = await executeGraphql(github.as('nobody'), { query: '{ viewer { login } }' });
    expect(anonymous).toMatchObject({ status: 401, violations: [], cost: 0 });
    const jwt = { ...github.as('app'), principal: { kind: 'app', appId: 1001 } as const };
    expect((await executeGraphql(jwt, { query: '{ viewer { login } }' })).status).toBe(401);
  });

  test('a request without a query is 400', async () => {
    expect((await executeGraphql(github.as('ada'), {})).status).toBe(400);
  });

  test('a syntax error is answered with 200, an error and no data, and is a violation', async () => {
    const { status, body, violations } = await ask(github.as('ada'), '{ viewer { login }');
    expect(status).toBe(200);
    expect(body).toEqual({
      errors: [expect.objectContaining({ message: expect.stringMatching(/^Syntax Error/) })],
    });
    expect(violations).toHaveLength(1);
  });

  test('a field that the schema has not is an error before anything runs', async () => {
    const { data, errors, violations, operation } = await ask(
      github.as('ada'),
      'query Q { viewer { shoeSize } }',
    );
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toContain('Cannot query field "shoeSize" on type "User"');
    expect(violations.map(({ operation, where }) => [operation, where])).toEqual([['Q', 'graphql']]);
    expect(operation).toBe('Q');
  });

  test('a variable of an unknown type, a missing one and one of the wrong type are violations', async () => {
    const query =
      'query Q($n: Int!) { repository(owner: "acme", name: "market") { issue(number: $n) { title } } }';
    for (const [text, variables] of [
      [query.replace('Int!', 'Whatever!'), { n: 1 }],
      [query, {}],
      [query, { n: 'one' }],
    ] as const) {
      const answer = await ask(github.as('ada'), text, variables);
      expect(answer.data).toBeUndefined();
      expect(answer.errors).toHaveLength(1);
      expect(answer.violations.length).toBeGreaterThan(0);
    }
  });

  test('one of several operations runs by its name, and none without one', async () => {
    const query = 'query A { viewer { login } } query B { viewer { databaseId } }';
    const context = github.as('ada');
    const named = await executeGraphql(context, { query, operationName: 'A' });
    expect(named).toMatchObject({ operation: 'A', body: { data: { viewer: { login: 'ada' } } } });
    const unnamed = await executeGraphql(context, { query });
    expect(unnamed.body).toEqual({ errors: [{ message: 'An operation name is required' }] });
  });

  test('aliases, fragments, inline fragments on interfaces and directives work as everywhere', async () => {
    const issue = github.issue('A task');
    const answer = await data(
      github.as('ada'),
      `query Q($no: Boolean = false) { repository(owner: "acme", name: "market") {
        one: issue(number: ${issue.number}) { ...F }
        two: issueOrPullRequest(number: ${issue.number}) { __typename ... on Node { id } ... on Comment { author { ... on User { databaseId } login } } ...F }
        left: name @include(if: $no)
      } }
      fragment F on Issue { title ... on Closable { closed } }`,
    );
    expect(answer.repository).toEqual({
      one: { title: 'A task', closed: false },
      two: {
        __typename: 'Issue',
        id: expect.any(String),
        author: { databaseId: github.people.tove.id, login: 'tove' },
        title: 'A task',
        closed: false,
      },
    });
  });

  test('a field without a resolver is a loud error in its place and a violation, never a silent null', async () => {
    const { data, errors, violations } = await ask(github.as('ada'), market('name homepageUrl'));
    expect(data).toEqual({ repository: { name: 'market', homepageUrl: null } });
    expect(errors).toEqual([
      {
        type: 'NOT_SERVED',
        path: ['repository', 'homepageUrl'],
        locations: [{ line: 1, column: 52 }],
        message: 'The local GitHub does not serve the GraphQL field Repository.homepageUrl',
      },
    ]);
    expect(violations).toHaveLength(1);
  });

  test('a mutation that is not served runs nothing and is a violation', async () => {
    const context = github.as('ada');
    const { errors, violations, mutations, kind } = await ask(
      context,
      'mutation { addStar(input: { starrableId: "x" }) { clientMutationId } }',
    );
    expect({ mutations, kind }).toEqual({ mutations: ['addStar'], kind: 'write' });
    expect(errors).toMatchObject([{ type: 'NOT_SERVED', path: ['addStar'] }]);
    expect(violations).toHaveLength(1);
    expect(context.effects).toEqual([]);
  });
});

describe('what is not there', () => {
  test.each([
    [
      'repository(owner: "acme", name: "x") { id }',
      "Could not resolve to a Repository with the name 'acme/x'.",
    ],
    ['node(id: "I_kwnope") { id }', "Could not resolve to a node with the global id of 'I_kwnope'"],
    ['user(login: "nobody") { id }', "Could not resolve to a User with the login of 'nobody'."],
  ])('%s is NOT_FOUND with null in its place', async (field, message) => {
    const { data, errors, violations, status } = await ask(github.as('ada'), `{ it: ${field} }`);
    expect(status).toBe(200);
    expect(data).toEqual({ it: null });
    expect(errors).toEqual([expect.objectContaining({ type: 'NOT_FOUND', path: ['it'], message })]);
    expect(violations).toEqual([]);
  });

  test('an issue or pull request of an unknown number is NOT_FOUND, and leaves the rest of the answer', async () => {
    const issue = github.issue('A task');
    const { data, errors } = await ask(
      github.as('ada'),
      market(`name issue(number: 99) { id } pullRequest(number: ${issue.number}) { id }`),
    );
    expect(data.repository).toEqual({ name: 'market', issue: null, pullRequest: null });
    expect(errors?.map(({ message }) => message)).toEqual([
      'Could not resolve to an Issue with the number of 99.',
      `Could not resolve to a PullRequest with the number of ${issue.number}.`,
    ]);
  });

  test('refs, objects and labels that do not exist are null without an error', async () => {
    const answer = await data(
      github.as('ada'),
      market(
        'ref(qualifiedName: "refs/heads/x") { name } object(expression: "main:none") { oid } label(name: "x") { id }',
      ),
    );
    expect(answer.repository).toEqual({ ref: null, object: null, label: null });
  });

  test('of several nodes only the missing one is null, with an error at its index', async () => {
    const answer = await data(github.as('ada'), market('id'));
    const { data: nodes, errors } = await ask(
      github.as('ada'),
      'query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }',
      {
        ids: [answer.repository.id, 'nonsense'],
      },
    );
    expect(nodes).toEqual({ nodes: [{ __typename: 'Repository' }, null] });
    expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: ['nodes', 1] }]);
  });
});

describe('reads that lag', () => {
  test('a query answers from the view that it is given, a mutation from the newest state', async () => {
    const issue = github.issue('A task');
    const old = github.as('ada');
    await data(
      github.as('ada'),
      `mutation($id: ID!) { updateIssue(input: { id: $id, title: "Renamed" }) { issue { title } } }`,
      {
        id: (await data(old, market(`issue(number: ${issue.number}) { id }`))).repository.issue.id,
      },
    );
    const query = market(`issue(number: ${issue.number}) { id title }`);
    const lagging = await data(old, query);
    expect(lagging.repository.issue.title).toBe('A task');
    const payload = await data(
      old,
      'mutation($id: ID!) { pinIssue(input: { issueId: $id }) { issue { title isPinned } } }',
      {
        id: lagging.repository.issue.id,
      },
    );
    expect(payload.pinIssue.issue).toEqual({ title: 'Renamed', isPinned: true });
  });
});
