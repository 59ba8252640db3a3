/** What documents about pull requests share. Each part says which others it needs. */

/**
 * Needs WHO, and the variable `$app`: the app's own check suite of the head is made when the head arrives. A pull request
 * whose commits are all on its base has no commits any more, only the tip of its branch.
 */
export const PULL = /* GraphQL */ `
  fragment PullParts on PullRequest {
    id
    number
    title
    body
    state
    isDraft
    isCrossRepository
    createdAt
    closedAt
    updatedAt
    changedFiles
    viewerDidAuthor
    author {
      ...Who
    }
    headRefName
    headRefOid
    baseRefName
    mergeCommit {
      oid
    }
    assignees(first: 10) {
      nodes {
        login
      }
    }
    last: commits(last: 1) {
      nodes {
        commit {
          ...OwnSuites
        }
      }
    }
    tip: headRef {
      target {
        ...OwnSuites
      }
    }
  }
  fragment OwnSuites on Commit {
    oid
    own: checkSuites(first: 2, filterBy: { appId: $app }) {
      totalCount
      nodes {
        createdAt
        checkRuns(first: 20, filterBy: { checkType: LATEST }) {
          totalCount
          nodes {
            id
            databaseId
            name
            status
            conclusion
            title
            externalId
            startedAt
          }
        }
      }
    }
  }
`;

/**
 * The place of an open pull request in a merge queue, or how it last left one. Needs PULL and WHO, and the variable `$app`.
 * That it was added is asked for, too: GitHub may tell of the end of a place a moment after the place is gone.
 */
export const QUEUED = /* GraphQL */ `
  fragment Queued on PullRequest {
    mergeQueueEntry {
      position
      enqueuer {
        ...Who
      }
      baseCommit {
        oid
      }
      headCommit {
        ...OwnSuites
      }
    }
    queueEvents: timelineItems(
      last: 1
      itemTypes: [ADDED_TO_MERGE_QUEUE_EVENT, REMOVED_FROM_MERGE_QUEUE_EVENT]
    ) {
      nodes {
        __typename
        ... on AddedToMergeQueueEvent {
          createdAt
        }
        ... on RemovedFromMergeQueueEvent {
          createdAt
          reason
          actor {
            ...Who
          }
        }
      }
    }
  }
`;

/**
 * What changes when the details of an open pull request do. Counts alone would not show that one check failed while
 * another recovered, so the times of the suites and the ids of the statuses are with them.
 */
export const PULL_KEY = /* GraphQL */ `
  fragment PullKey on PullRequest {
    baseRef {
      target {
        oid
      }
    }
    statusCheckRollup {
      state
      contexts {
        checkRunCountsByState {
          state
          count
        }
        statusContextCountsByState {
          state
          count
        }
      }
    }
    reports: commits(last: 1) {
      nodes {
        commit {
          checkSuites(first: 20) {
            totalCount
            nodes {
              updatedAt
            }
          }
          status {
            contexts {
              id
            }
          }
        }
      }
    }
  }
`;

/** A check run or status of a rollup. `workflowRun` needs the permission to read actions. */
export const CONTEXT = /* GraphQL */ `
  fragment Context on StatusCheckRollupContext {
    __typename
    ... on CheckRun {
      databaseId
      name
      status
      conclusion
      completedAt
      externalId
      checkSuite {
        id
        app {
          databaseId
          slug
        }
        workflowRun {
          workflow {
            databaseId
          }
        }
      }
    }
    ... on StatusContext {
      context
      createdAt
      statusState: state
    }
  }
`;
