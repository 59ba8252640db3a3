import { aliased, variablesOf } from './aliases.js';
import { COMMENT, ISSUE, LABEL_EVENTS, TRACKER, WHO } from './issue-fragments.js';
import { CONTEXT, PULL, PULL_KEY, QUEUED } from './pull-fragments.js';
import { page } from './page.js';

const CONFIG_FILE = /* GraphQL */ `
  fragment ConfigFile on Blob {
    oid
    text
    isTruncated
  }
`;

/** The settings file for the owner's repositories that have none; not asked for in that very repository. */
const DEFAULTS = /* GraphQL */ `
  defaults: repository(owner: $owner, name: $defaults) @include(if: $withDefaults) {
    nameWithOwner
    config: object(expression: $config) {
      ...ConfigFile
    }
  }
`;

/** What is needed to know what else to ask: the settings file and the default branch. */
export const CONFIG = /* GraphQL */ `
  query Config(
    $owner: String!
    $name: String!
    $config: String!
    $defaults: String!
    $withDefaults: Boolean!
  ) {
    repository(owner: $owner, name: $name) {
      nameWithOwner
      defaultBranchRef {
        name
      }
      config: object(expression: $config) {
        ...ConfigFile
      }
    }
    ${DEFAULTS}
  }
  ${CONFIG_FILE}
`;

const ISSUE_PAGE = page('...IssueParts');

const REF_PAGE = page('prefix name target { oid }');

const OPEN_PAGE = page('...PullParts ...PullKey ...Queued');

const DONE_PAGE = page('...PullParts');

const TRACKER_PAGE = page('...TrackerParts');

const YOUNGEST = 'orderBy: { field: CREATED_AT, direction: DESC }';
const NEWEST = 'orderBy: { field: UPDATED_AT, direction: DESC }';

/**
 * Everything about a repository that every snapshot holds.
 *
 * @param files how many paths to look for on the base
 */
export function coreDocument(files: number): string {
  const paths = files === 0 ? '' : `, ${variablesOf(files, 'file', 'String!')}`;
  return /* GraphQL */ `
    query Core(
      $owner: String!, $name: String!, $app: Int!, $config: String!, $defaults: String!, $withDefaults: Boolean!, $base: String!, $branch: String!
      $deployName: String!, $deploy: [String!]!, $tracking: [String!]!, $refs: String!, $size: Int!, $few: Int!, $ids: [ID!]!${paths}
    ) {
      rateLimit { limit remaining }
      viewer { databaseId login }
      repository(owner: $owner, name: $name) {
        id
        nameWithOwner
        url
        owner { __typename }
        defaultBranchRef { name }
        squashMergeAllowed
        rebaseMergeAllowed
        mergeCommitAllowed
        config: object(expression: $config) { ...ConfigFile }
        base: ref(qualifiedName: $base) {
          target {
            oid
            ... on Commit {
              history(first: 100) { nodes { oid } }
              newest: history(first: 20) {
                nodes { own: checkSuites(first: 1, filterBy: { appId: $app }) { totalCount } }
              }
              ...OwnSuites
              statusCheckRollup {
                contexts(first: 100) {${page('...Context')}}
              }
            }
          }
          refUpdateRule {
            requiredStatusCheckContexts
            requiredApprovingReviewCount
            requiresLinearHistory
            requiresSignatures
            viewerCanPush
          }
          rules(first: 100) {
            totalCount
            nodes {
              type
              parameters {
                ... on RequiredStatusChecksParameters {
                  requiredStatusChecks { context }
                  strictRequiredStatusChecksPolicy
                }
                ... on PullRequestParameters {
                  requiredApprovingReviewCount
                  dismissStaleReviewsOnPush
                  requireLastPushApproval
                  allowedMergeMethods
                }
              }
            }
          }
        }
        mergeQueue(branch: $branch) { id }
        trackers: issues(first: 10, labels: $tracking, ${YOUNGEST}) {${TRACKER_PAGE}}
        deployLabel: label(name: $deployName) { id }
        pinnedIssues(first: 3) { totalCount nodes { issue { ...TrackerParts } } }
        open: issues(first: $size, labels: $deploy, states: [OPEN]) {${ISSUE_PAGE}}
        closed: issues(first: $few, labels: $deploy, states: [CLOSED], ${NEWEST}) {${ISSUE_PAGE}}
        refs(refPrefix: $refs, first: 100) {${REF_PAGE}}
        pulls: pullRequests(first: $size, states: [OPEN]) {${OPEN_PAGE}}
        done: pullRequests(first: $few, states: [CLOSED, MERGED], ${NEWEST}) {${DONE_PAGE}}
        ${aliased(files, (index) => `file${index}: object(expression: $file${index}) { oid }`)}
      }
      ${DEFAULTS}
      nodes(ids: $ids) {
        __typename
        ... on Issue { repository { nameWithOwner } ...IssueParts ...TrackerParts }
        ... on IssueComment { ...CommentParts }
      }
    }
    ${CONFIG_FILE}${WHO}${ISSUE}${LABEL_EVENTS}${TRACKER}${PULL}${PULL_KEY}${QUEUED}${CONTEXT}${COMMENT}
  `;
}

/** The further pages of the lists of the core, by the name that the list has there. */
export const MORE = {
  open: more('labels: $deploy, states: [OPEN]', 'issues', ISSUE_PAGE, ISSUE + WHO, '$deploy: [String!]!'),
  closed: more(
    `labels: $deploy, states: [CLOSED], ${NEWEST}`,
    'issues',
    ISSUE_PAGE,
    ISSUE + WHO,
    '$deploy: [String!]!',
  ),
  trackers: more(
    `labels: $tracking, ${YOUNGEST}`,
    'issues',
    TRACKER_PAGE,
    LABEL_EVENTS + TRACKER + WHO,
    '$tracking: [String!]!',
  ),
  refs: more('refPrefix: $refs', 'refs', REF_PAGE, '', '$refs: String!'),
  pulls: more('states: [OPEN]', 'pullRequests', OPEN_PAGE, PULL + PULL_KEY + QUEUED + WHO, '$app: Int!'),
  done: more(`states: [CLOSED, MERGED], ${NEWEST}`, 'pullRequests', DONE_PAGE, PULL + WHO, '$app: Int!'),
} as const;

function more(filter: string, field: string, page: string, fragments: string, variable: string): string {
  return /* GraphQL */ `
    query More($owner: String!, $name: String!, $size: Int!, $after: String!, ${variable}) {
      repository(owner: $owner, name: $name) {
        list: ${field}(first: $size, after: $after, ${filter}) {${page}}
      }
    }
    ${fragments}
  `;
}
