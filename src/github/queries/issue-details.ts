import { COMMENT, LABEL_EVENTS, WHO } from './issue-fragments.js';
import { page } from './page.js';

/** Needs WHO. What closed an issue: a pull request, a commit, or nothing but its actor. */
const CLOSED = /* GraphQL */ `
  fragment Closed on ClosedEvent {
    createdAt
    actor {
      ...Who
    }
    closer {
      __typename
      ... on PullRequest {
        number
        merged
        repository {
          nameWithOwner
        }
      }
    }
  }
`;

/** The edits of an issue's text. */
const EDITS = page('editedAt editor { ...Who }');

/** GitHub's count of the whole may be of other kinds of events, too: what has to be there is what the page counts. */
const EVENTS = /* GraphQL */ `
  totalCount: pageCount
  pageInfo { hasNextPage endCursor }
  nodes {
    __typename
    ...Labelled
    ...Unlabelled
    ...Closed
    ... on RenamedTitleEvent { createdAt actor { ...Who } }
    ... on BlockedByAddedEvent { createdAt actor { ...Who } blockingIssue { ...Blocking } }
    ... on BlockedByRemovedEvent { createdAt actor { ...Who } blockingIssue { ...Blocking } }
  }
`;

const EVENT_TYPES = `[
  LABELED_EVENT UNLABELED_EVENT RENAMED_TITLE_EVENT CLOSED_EVENT REOPENED_EVENT BLOCKED_BY_ADDED_EVENT
  BLOCKED_BY_REMOVED_EVENT
]`;

const BLOCKING = /* GraphQL */ `
  fragment Blocking on Issue {
    id
    databaseId
    number
    state
    stateReason(enableDuplicate: true)
    repository {
      nameWithOwner
    }
  }
`;

/** The history of issues. */
export const ISSUE_HISTORIES = /* GraphQL */ `
  query IssueHistories($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Issue {
        id
        includesCreatedEdit
        userContentEdits(first: 100) {${EDITS}}
        timelineItems(first: 100, itemTypes: ${EVENT_TYPES}) {${EVENTS}}
      }
    }
  }
  ${WHO}${LABEL_EVENTS}${CLOSED}${BLOCKING}
`;

/** The rest of an issue's edits. */
export const MORE_EDITS = /* GraphQL */ `
  query MoreEdits($id: ID!, $after: String!) {
    node(id: $id) { ... on Issue { userContentEdits(first: 100, after: $after) {${EDITS}} } }
  }
  ${WHO}
`;

/** The rest of an issue's timeline. */
export const MORE_EVENTS = /* GraphQL */ `
  query MoreEvents($id: ID!, $after: String!) {
    node(id: $id) {
      ... on Issue { timelineItems(first: 100, after: $after, itemTypes: ${EVENT_TYPES}) {${EVENTS}} }
    }
  }
  ${WHO}${LABEL_EVENTS}${CLOSED}${BLOCKING}
`;

/** How closed issues were closed. */
export const CLOSINGS = /* GraphQL */ `
  query Closings($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Issue {
        id
        timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) {
          nodes {
            ...Closed
          }
        }
      }
    }
  }
  ${WHO}
  ${CLOSED}
`;

/** Comments that may hold commands. */
export const COMMENTS = /* GraphQL */ `
  query Comments($ids: [ID!]!) {
    nodes(ids: $ids) {
      ...CommentParts
    }
  }
  ${WHO}
  ${COMMENT}
`;
