import { describe, expect, test } from '@jest/globals';

import { checkGraphql } from '../../../packages/local-github/src/schema/graphql.js';
import { CONFIG, MORE, coreDocument } from '../../../src/github/queries/core.js';
import { CLOSINGS, COMMENTS, ISSUE_HISTORIES } from '../../../src/github/queries/issue-details.js';
import {
  FILE_HISTORY,
  TOLD_HISTORY,
  branchesDocument,
  filesDocument,
  issuesDocument,
  namedDocument,
  pullsOfBranchesDocument,
} from '../../../src/github/queries/lookups.js';
import { MORE_SAID, OWN_COMMENTS, saidDocument } from '../../../src/github/queries/own-comments.js';
import { MORE_CONTEXTS, MORE_FILES, pullDetailsDocument } from '../../../src/github/queries/pull-details.js';

const FIXED = {
  CONFIG,
  ...MORE,
  CLOSINGS,
  COMMENTS,
  ISSUE_HISTORIES,
  FILE_HISTORY,
  TOLD_HISTORY,
  MORE_SAID,
  OWN_COMMENTS,
  MORE_CONTEXTS,
  MORE_FILES,
};

const COUNTED = {
  coreDocument,
  branchesDocument,
  filesDocument,
  issuesDocument,
  namedDocument,
  pullsOfBranchesDocument,
  pullDetailsDocument,
  saidDocument,
};

/** What is wrong with a document itself: variables are checked where documents are sent. */
function problemsOf(query: string): readonly string[] {
  return checkGraphql({ query })
    .map(({ got }) => got)
    .filter((got) => !/^Variable "\$\w+" of required type/.test(got));
}

describe('every document is one that GitHub takes', () => {
  test.each(Object.entries(FIXED))('%s', (_, document) => {
    expect(problemsOf(document)).toEqual([]);
  });

  test.each(
    Object.entries(COUNTED).flatMap(([name, make]) =>
      [1, 2, 20].map((count) => [name, count, make] as const),
    ),
  )('%s of %i', (_, count, make) => {
    expect(problemsOf(make(count))).toEqual([]);
  });

  test('the core without any file to look for', () => {
    expect(problemsOf(coreDocument(0))).toEqual([]);
  });
});
