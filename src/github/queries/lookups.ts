import { aliased, variablesOf } from './aliases.js';
import { COMMIT } from './commit-fragments.js';
import { ISSUE, WHO } from './issue-fragments.js';
import { PULL } from './pull-fragments.js';

/** What branches hold beyond the base, as `a0`, `a1` …, each with the commit it is at, as `b0`, `b1` …. */
export function branchesDocument(count: number): string {
  return /* GraphQL */ `
    query Branches(
      $owner: String!, $name: String!, $base: String!
      ${variablesOf(count, 'head', 'String!')}, ${variablesOf(count, 'ref', 'String!')}
    ) {
      repository(owner: $owner, name: $name) {
        base: ref(qualifiedName: $base) {
          target { oid }
          ${aliased(count, (index) => `a${index}: compare(headRef: $head${index}) { commits(first: 100) { totalCount nodes { ...CommitParts } } }`)}
        }
        ${aliased(count, (index) => `b${index}: ref(qualifiedName: $ref${index}) { target { oid } }`)}
      }
    }
    ${COMMIT}
  `;
}

/** Closed pull requests by the name of their branch, as `a0`, `a1` …, newest first. */
export function pullsOfBranchesDocument(count: number): string {
  const field = (index: number) =>
    `a${index}: pullRequests(headRefName: $head${index}, states: [CLOSED, MERGED], first: 10, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { ...PullParts } }`;
  return /* GraphQL */ `
    query PullsOfBranches($owner: String!, $name: String!, $app: Int!, ${variablesOf(count, 'head', 'String!')}) {
      repository(owner: $owner, name: $name) { ${aliased(count, field)} }
    }
    ${WHO}${PULL}
  `;
}

/** Issues by number, as `a0`, `a1` …. */
export function issuesDocument(count: number): string {
  return /* GraphQL */ `
    query IssuesByNumber($owner: String!, $name: String!, ${variablesOf(count, 'number', 'Int!')}) {
      repository(owner: $owner, name: $name) {
        ${aliased(count, (index) => `a${index}: issue(number: $number${index}) { ...IssueParts }`)}
      }
    }
    ${WHO}${ISSUE}
  `;
}

/** What numbers are, as `a0`, `a1` …. */
export function namedDocument(count: number): string {
  const field = (index: number) =>
    `a${index}: issueOrPullRequest(number: $number${index}) { __typename ... on Issue { databaseId } ... on PullRequest { databaseId } }`;
  return /* GraphQL */ `
    query Named($owner: String!, $name: String!, ${variablesOf(count, 'number', 'Int!')}) {
      repository(owner: $owner, name: $name) { ${aliased(count, field)} }
    }
  `;
}

/** Files of commits (`<oid>:<path>`), as `a0`, `a1` …. */
export function filesDocument(count: number): string {
  return /* GraphQL */ `
    query Files($owner: String!, $name: String!, ${variablesOf(count, 'at', 'String!')}) {
      repository(owner: $owner, name: $name) {
        ${aliased(count, (index) => `a${index}: object(expression: $at${index}) { ... on Blob { text isTruncated } }`)}
      }
    }
  `;
}

/** The last commits that changed a file on the default branch, each with the file as it was then. */
export const FILE_HISTORY = /* GraphQL */ `
  query FileHistory($owner: String!, $name: String!, $path: String!) {
    repository(owner: $owner, name: $name) {
      defaultBranchRef {
        target {
          ... on Commit {
            history(first: 10, path: $path) {
              nodes {
                file(path: $path) {
                  object {
                    ... on Blob {
                      oid
                      text
                      isTruncated
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`;

/** The last versions of the settings file, and when each came to the default branch. Needs the variable `$app`. */
export const TOLD_HISTORY = /* GraphQL */ `
  query ToldHistory($owner: String!, $name: String!, $path: String!, $app: Int!) {
    repository(owner: $owner, name: $name) {
      defaultBranchRef {
        target {
          ... on Commit {
            history(first: 20, path: $path) {
              nodes {
                committedDate
                own: checkSuites(first: 1, filterBy: { appId: $app }) {
                  nodes {
                    createdAt
                  }
                }
                associatedPullRequests(first: 1) {
                  nodes {
                    mergedAt
                  }
                }
                file(path: $path) {
                  object {
                    ... on Blob {
                      text
                      isTruncated
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`;
