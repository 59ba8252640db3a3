import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { type TestRepository, createTestRepository } from '../support/branches.js';
import { ask, data, market } from './support.js';

let github: TestRepository;
beforeEach(async () => {
  github = await createTestRepository();
});
afterEach(() => github.close());

const read = async (selection: string) => (await data(github.as('ada'), market(selection))).repository;

describe('objects', () => {
  test('are named by branch, HEAD, oid, and path, and say their type', async () => {
    const seen = await read(`
      branch: object(expression: "main") { __typename oid }
      head: object(expression: "HEAD") { oid }
      oid: object(oid: "${github.first}") { ... on Commit { message } }
      file: object(expression: "refs/heads/main:b.txt") { ... on Blob { text byteSize isBinary isTruncated oid } }
      root: object(expression: "HEAD:") { ... on Tree { entries { name path type mode size object { ... on Blob { text } } } } }
      gone: object(oid: "${'1'.repeat(40)}") { oid }`);
    expect(seen).toMatchObject({
      branch: { __typename: 'Commit', oid: github.first },
      head: { oid: github.first },
      oid: { message: 'Begin' },
      file: { text: 'b\n', byteSize: 2, isBinary: false, isTruncated: false },
      root: {
        entries: [
          { name: 'a.txt', path: 'a.txt', type: 'blob', mode: 0o100644, size: 2, object: { text: 'a\n' } },
          { name: 'b.txt' },
        ],
      },
      gone: null,
    });
  });

  test('a binary file has no text', async () => {
    await github.commit('main', { 'x.bin': 'a\0b' });
    expect(await read('object(expression: "main:x.bin") { ... on Blob { isBinary text byteSize } }')).toEqual(
      {
        object: { isBinary: true, text: null, byteSize: 3 },
      },
    );
  });

  test('git objects are nodes, of their repository only', async () => {
    const { object, ref } = await read('object(expression: "main") { id } ref(qualifiedName: "main") { id }');
    const answer = await data(
      github.as('ada'),
      `{ a: node(id: "${object.id}") { ... on Commit { oid } } b: node(id: "${ref.id}") { ... on Ref { name } } }`,
    );
    expect(answer).toEqual({ a: { oid: github.first }, b: { name: 'main' } });
  });

  test('a revision that is not served is an error, not nothing', async () => {
    const { errors } = await ask(github.as('ada'), market('object(expression: "main~1") { oid }'));
    expect(errors).toMatchObject([{ type: 'NOT_SERVED' }]);
  });
});

describe('commits', () => {
  test('tell their message in parts, who made them, and what they changed', async () => {
    const oid = await github.commit(
      'main',
      { 'b.txt': 'b\nc\n' },
      { headline: 'Say c', body: 'Because.\n\nReally.' },
    );
    expect(
      await read(`object(oid: "${oid}") { ... on Commit { message messageHeadline messageBody committedDate
        author { name user { login } } changedFilesIfAvailable additions deletions file(path: "b.txt") { oid size }
        tree { entries { name } } parents(first: 1) { totalCount } url } }`),
    ).toMatchObject({
      object: {
        message: 'Say c\n\nBecause.\n\nReally.',
        messageHeadline: 'Say c',
        messageBody: 'Because.\n\nReally.',
        committedDate: '2026-01-05T10:00:00Z',
        author: { name: 'linus', user: { login: 'linus' } },
        changedFilesIfAvailable: 1,
        additions: 1,
        deletions: 0,
        file: { size: 4 },
        tree: { entries: [{ name: 'a.txt' }, { name: 'b.txt' }] },
        parents: { totalCount: 1 },
        url: `http://127.0.0.1:1/acme/market/commit/${oid}`,
      },
    });
  });

  test('their history is newest first, and can be that of a path', async () => {
    const next = await github.commit('main', { 'b.txt': 'new\n' });
    const history = (args: string) =>
      `... on Commit { history(first: 5${args}) { totalCount nodes { oid } } }`;
    const { a, b } = await read(
      `a: object(expression: "main") { ${history('')} } b: object(expression: "main") { ${history(', path: "a.txt"')} }`,
    );
    expect(a.history).toEqual({ totalCount: 2, nodes: [{ oid: next }, { oid: github.first }] });
    expect(b.history).toEqual({ totalCount: 1, nodes: [{ oid: github.first }] });
  });

  test('name the pull requests that bring or brought them', async () => {
    const pull = await github.pull('topic', { 'c.txt': 'c\n' });
    const { number } = github.issueRow(pull.issueId);
    const pulls = '... on Commit { associatedPullRequests(first: 5) { nodes { number } } }';
    const seen = await read(
      `a: object(oid: "${pull.headSha}") { ${pulls} } b: object(oid: "${github.first}") { ${pulls} }`,
    );
    expect(seen).toEqual({
      a: { associatedPullRequests: { nodes: [{ number }] } },
      b: { associatedPullRequests: { nodes: [] } },
    });
  });
});

describe('refs', () => {
  test('are listed by prefix, in the order of their names', async () => {
    for (const name of ['feature/b', 'feature/a', 'other']) await github.branch(name);
    expect(
      await read(`up: refs(refPrefix: "refs/heads/feature/", first: 5) { totalCount nodes { name prefix target { oid } } }
        down: refs(refPrefix: "refs/heads/", first: 2, orderBy: { field: ALPHABETICAL, direction: DESC }) { nodes { name } }
        defaultBranchRef { name }`),
    ).toEqual({
      up: {
        totalCount: 2,
        nodes: ['feature/a', 'feature/b'].map((name) => ({
          name,
          prefix: 'refs/heads/',
          target: { oid: github.first },
        })),
      },
      down: { nodes: [{ name: 'other' }, { name: 'main' }] },
      defaultBranchRef: { name: 'main' },
    });
  });

  test.each([
    ['main', 'IDENTICAL', 0, 0],
    ['newer', 'AHEAD', 1, 0],
    ['older', 'BEHIND', 0, 1],
    ['aside', 'DIVERGED', 1, 1],
  ])('main compared with the head %s is %s', async (name, status, aheadBy, behindBy) => {
    await github.branch('older');
    await github.branch('aside');
    await github.commit('aside', { 'c.txt': 'c\n' });
    await github.commit('main', { 'b.txt': 'new\n' });
    await github.branch('newer', github.head('main'));
    await github.commit('newer', { 'd.txt': 'd\n' });
    const { ref } = await read(
      `ref(qualifiedName: "main") { compare(headRef: "${name}") { status aheadBy behindBy commits(first: 5) { totalCount } } none: compare(headRef: "nothing") { status } }`,
    );
    expect(ref).toEqual({
      compare: { status, aheadBy, behindBy, commits: { totalCount: aheadBy } },
      none: null,
    });
  });
});
