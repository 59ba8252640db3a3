import { describe, expect, test } from '@jest/globals';
import { parse, validate } from 'graphql';
import { checkGraphql, loadSchema } from '../../src/schema/graphql.js';
import { describeViolation } from '../../src/schema/violation.js';
import * as reads from './documents-read.js';
import { ASSIGN_AGENT, DEPLOY, LAND } from './documents-write.js';

function check(
  query: string,
  variables?: Record<string, unknown>,
  operationName?: string,
): readonly string[] {
  const named = operationName === undefined ? {} : { operationName };
  return checkGraphql({ query, ...(variables && { variables }), ...named }).map(describeViolation);
}

const ISSUE = /* GraphQL */ `
  query Issue($number: Int!, $states: [IssueState!]) {
    repository(owner: "acme", name: "market") {
      issue(number: $number) {
        title
      }
      issues(first: 1, states: $states) {
        totalCount
      }
    }
  }
`;

describe('the schema', () => {
  test.each(Object.entries({ ...reads, DEPLOY, LAND, ASSIGN_AGENT }))(
    'allows the fields of %s',
    (_name, document) => {
      expect(validate(loadSchema(), parse(document)).map((error) => error.message)).toEqual([]);
    },
  );

  test('is built once', () => {
    expect(loadSchema()).toBe(loadSchema());
  });

  test('lists blockers newest first unless told otherwise', () => {
    const issue = loadSchema().getType('Issue');
    const fields = issue && 'getFields' in issue ? issue.getFields() : {};
    expect(fields['blockedBy']).toMatchObject({
      args: expect.arrayContaining([
        expect.objectContaining({
          name: 'orderBy',
          defaultValue: { field: 'DEPENDENCY_ADDED_AT', direction: 'DESC' },
        }),
      ]),
    });
  });
});

describe('documents', () => {
  test('a correct one passes with its variables', () => {
    expect(check(ISSUE, { number: 8, states: ['OPEN'] })).toEqual([]);
    expect(check(ISSUE, { number: 8 }, 'Issue')).toEqual([]);
  });

  test('a variable of a wrong type is caught', () => {
    expect(check(ISSUE, { number: '8' })).toEqual([
      "Issue: graphql line 2, column 15: expected what GitHub's schema allows, " +
        'got Variable "$number" got invalid value "8"; Int cannot represent non-integer value: "8"',
    ]);
    expect(check(ISSUE, { number: 8, states: ['MERGED'] })).toEqual([
      expect.stringContaining('Value "MERGED" does not exist in "IssueState" enum.'),
    ]);
  });

  test('a missing and an undefined variable are caught', () => {
    expect(check(ISSUE, {})).toEqual([
      expect.stringContaining('Variable "$number" of required type "Int!" was not provided.'),
    ]);
    expect(check(ISSUE, { number: 8, state: 'OPEN' })).toEqual([
      'Issue: graphql: expected what GitHub\'s schema allows, got Variable "$state" is not defined by the operation.',
    ]);
  });

  test('an unknown field, an unknown argument and a variable where its type does not fit are caught', () => {
    expect(check('query Q { repository(owner: "a", name: "b") { issue(number: 1) { blocked } } }')).toEqual([
      expect.stringContaining('Cannot query field "blocked" on type "Issue".'),
    ]);
    expect(check('{ repository(owner: "a", name: "b", id: 1) { id } }')).toEqual([
      expect.stringContaining('Unknown argument "id" on field "Query.repository".'),
    ]);
    expect(
      check('query Q($n: String!) { repository(owner: $n, name: "b") { issue(number: $n) { id } } }'),
    ).toEqual([
      expect.stringContaining('Variable "$n" of type "String!" used in position expecting type "Int!".'),
    ]);
  });

  test('broken syntax and an operation that is not there are caught', () => {
    expect(check('query {')).toEqual([expect.stringContaining('Syntax Error')]);
    expect(check(ISSUE, { number: 8 }, 'Isue')).toEqual([
      "Isue: graphql: expected what GitHub's schema allows, " +
        'got operationName must name one operation of the document.',
    ]);
  });
});
