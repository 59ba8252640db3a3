/** What a bot reads: everything about a repository at once, and the details of some pull requests. */

export const OVERVIEW = /* GraphQL */ `
  query Overview($owner: String!, $name: String!, $base: String!, $file: String!, $appId: Int!) {
    rateLimit {
      cost
      nodeCount
      remaining
      resetAt
    }
    repository(owner: $owner, name: $name) {
      id
      deleteBranchOnMerge
      object(expression: $file) {
        ... on Blob {
          oid
          byteSize
          isTruncated
          text
        }
      }
      ref(qualifiedName: $base) {
        target {
          oid
          ... on Commit {
            history(first: 100) {
              nodes {
                oid
              }
            }
          }
        }
        refUpdateRule {
          requiredStatusCheckContexts
          requiredApprovingReviewCount
          requiresLinearHistory
          requiresSignatures
          requiresCodeOwnerReviews
          requiresConversationResolution
          viewerCanPush
        }
      }
      refs(refPrefix: "refs/heads/feature/", first: 100) {
        totalCount
        nodes {
          name
          target {
            oid
          }
        }
      }
      mergeQueue(branch: $base) {
        entries(first: 20) {
          totalCount
          nodes {
            state
            position
            baseCommit {
              oid
            }
            headCommit {
              oid
            }
            pullRequest {
              number
            }
          }
        }
      }
      pinned: issues(first: 3, labels: ["tracking"], orderBy: { field: CREATED_AT, direction: DESC }) {
        nodes {
          isPinned
          viewerDidAuthor
          userContentEdits(first: 5) {
            nodes {
              editedAt
              editor {
                login
              }
            }
          }
          timelineItems(last: 50, itemTypes: [LABELED_EVENT, UNLABELED_EVENT]) {
            totalCount
            nodes {
              __typename
            }
          }
        }
      }
      open: issues(first: 50, labels: ["deploy"], states: [OPEN]) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...Task
        }
      }
      pullRequests(first: 50, states: [OPEN]) {
        nodes {
          id
          number
          updatedAt
          isDraft
          isCrossRepository
          baseRefName
          headRefName
          headRefOid
          reviewDecision
          statusCheckRollup {
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
          commits(last: 1) {
            nodes {
              commit {
                checkSuites(first: 1, filterBy: { appId: $appId }) {
                  nodes {
                    createdAt
                    checkRuns(first: 5, filterBy: { checkType: LATEST }) {
                      nodes {
                        databaseId
                        name
                        status
                        conclusion
                        externalId
                        title
                        startedAt
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
      done: pullRequests(
        first: 50
        states: [CLOSED, MERGED]
        orderBy: { field: UPDATED_AT, direction: DESC }
      ) {
        nodes {
          number
          state
          merged
          changedFiles
          closedAt
          createdAt
          mergeCommit {
            oid
          }
        }
      }
    }
  }
  fragment Task on Issue {
    id
    number
    title
    body
    state
    stateReason
    createdAt
    closedAt
    updatedAt
    lastEditedAt
    author {
      login
      __typename
    }
    labels(first: 50) {
      totalCount
      nodes {
        name
        description
      }
    }
    issueDependenciesSummary {
      blockedBy
      blocking
      totalBlockedBy
      totalBlocking
    }
    blockedBy(first: 50) {
      totalCount
      nodes {
        id
        number
        state
        stateReason
        repository {
          nameWithOwner
        }
      }
    }
    blocking(first: 50, orderBy: { field: CREATED_AT, direction: ASC }) {
      nodes {
        number
      }
    }
    timelineItems(
      last: 50
      itemTypes: [
        BLOCKED_BY_ADDED_EVENT
        BLOCKED_BY_REMOVED_EVENT
        BLOCKING_ADDED_EVENT
        BLOCKING_REMOVED_EVENT
      ]
    ) {
      nodes {
        ... on BlockedByAddedEvent {
          id
          actor {
            login
          }
          createdAt
          blockingIssue {
            number
          }
        }
        ... on BlockedByRemovedEvent {
          id
          actor {
            login
          }
          createdAt
          blockingIssue {
            number
          }
        }
        ... on BlockingAddedEvent {
          id
          actor {
            login
          }
          createdAt
          blockedIssue {
            number
          }
        }
        ... on BlockingRemovedEvent {
          id
          actor {
            login
          }
          createdAt
          blockedIssue {
            number
          }
        }
      }
    }
  }
`;

export const PULL_REQUESTS = /* GraphQL */ `
  query PullRequests($ids: [ID!]!, $base: String!) {
    nodes(ids: $ids) {
      ... on PullRequest {
        mergeable
        mergeStateStatus
        body
        lastEditedAt
        headRef {
          compare(headRef: $base) {
            status
            aheadBy
            behindBy
          }
        }
        latestOpinionatedReviews(first: 20, writersOnly: true) {
          totalCount
          nodes {
            state
            submittedAt
            author {
              login
            }
            commit {
              oid
            }
          }
        }
        closingIssuesReferences(first: 5) {
          totalCount
          nodes {
            number
          }
        }
        reviewRequests(first: 10) {
          totalCount
        }
        timelineItems(last: 10, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) {
          nodes {
            ... on HeadRefForcePushedEvent {
              createdAt
              actor {
                login
              }
              beforeCommit {
                oid
              }
              afterCommit {
                oid
              }
            }
          }
        }
        files(first: 100) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            path
            changeType
          }
        }
        commits(last: 1) {
          totalCount
          nodes {
            commit {
              statusCheckRollup {
                contexts(first: 100) {
                  totalCount
                  nodes {
                    __typename
                    ... on CheckRun {
                      databaseId
                      name
                      status
                      conclusion
                      checkSuite {
                        app {
                          databaseId
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
                      state
                      createdAt
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
