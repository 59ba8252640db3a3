import { aliased, variablesOf } from './aliases.js';
import { CHECKS, COMMIT } from './commit-fragments.js';
import { WHO } from './issue-fragments.js';
import { CONTEXT } from './pull-fragments.js';
import { page } from './page.js';

const COMMITS = page('commit { ...CommitParts }');
const FILES = page('path');

/**
 * Pull requests in detail, as `a0`, `a1` …. A branch of this repository is compared from its own side, which lists the
 * commits of the base that it lacks; a fork's head only from the base's side, which counts them.
 */
export function pullDetailsDocument(count: number): string {
  const variables = [
    variablesOf(count, 'id', 'ID!'),
    variablesOf(count, 'base', 'String!'),
    variablesOf(count, 'head', 'String!'),
    variablesOf(count, 'own', 'Boolean!'),
    variablesOf(count, 'fork', 'Boolean!'),
  ].join(', ');
  const field = (index: number) => /* GraphQL */ `
    a${index}: node(id: $id${index}) {
      ...Detail
      ... on PullRequest {
        headRef @include(if: $own${index}) {
          compare(headRef: $base${index}) { aheadBy commits(first: 100) { totalCount nodes { oid } } }
        }
        baseRef { target { oid } }
        target: baseRef @include(if: $fork${index}) { compare(headRef: $head${index}) { behindBy } }
      }
    }`;
  return /* GraphQL */ `
    query PullDetails(${variables}) { ${aliased(count, field)} }
    fragment Detail on PullRequest {
      state
      headRefOid
      mergeable
      mergeStateStatus
      commits(first: 100) {${COMMITS}}
      heads: commits(last: 2) { nodes { commit { ...Checks } } }
      rewritten: timelineItems(last: 1, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) {
        nodes { ... on HeadRefForcePushedEvent { beforeCommit { ...Checks } } }
      }
      latestOpinionatedReviews(first: 100, writersOnly: true) {
        totalCount
        nodes { state submittedAt author { ...Who } commit { oid } }
      }
      files(first: 100) {${FILES}}
      forcePushes: timelineItems(last: 100, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) {
        nodes {
          ... on HeadRefForcePushedEvent {
            createdAt
            actor { ...Who }
            beforeCommit {
              oid
              message
              author { email user { databaseId login } }
              signature { isValid wasSignedByGitHub }
              parents(first: 1) { nodes { oid } }
            }
            afterCommit { oid }
          }
        }
      }
      readied: timelineItems(last: 1, itemTypes: [READY_FOR_REVIEW_EVENT]) {
        nodes { ... on ReadyForReviewEvent { createdAt } }
      }
      assigned: timelineItems(last: 1, itemTypes: [ASSIGNED_EVENT]) { nodes { __typename } }
    }
    ${WHO}${COMMIT}${CHECKS}${CONTEXT}
  `;
}

/** The rest of the commits of a pull request. */
export const MORE_COMMITS = /* GraphQL */ `
  query MoreCommits($id: ID!, $after: String!) {
    node(id: $id) { ... on PullRequest { commits(first: 100, after: $after) {${COMMITS}} } }
  }
  ${COMMIT}
`;

/** The rest of the paths that a pull request changes. */
export const MORE_FILES = /* GraphQL */ `
  query MoreFiles($id: ID!, $after: String!) {
    node(id: $id) { ... on PullRequest { files(first: 100, after: $after) {${FILES}} } }
  }
`;

/** The rest of the checks on a commit. */
export const MORE_CONTEXTS = /* GraphQL */ `
  query MoreContexts($owner: String!, $name: String!, $oid: GitObjectID!, $after: String!) {
    repository(owner: $owner, name: $name) {
      object(oid: $oid) {
        ... on Commit { statusCheckRollup { contexts(first: 100, after: $after) {${page('...Context')}} } }
      }
    }
  }
  ${CONTEXT}
`;
