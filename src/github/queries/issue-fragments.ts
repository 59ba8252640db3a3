/** What documents about issues and their comments share. Each part says which others it needs. */

/** Who did something. GraphQL leaves out the `[bot]` of a bot's login; the type tells. */
export const WHO = /* GraphQL */ `
  fragment Who on Actor {
    __typename
    login
    ... on Bot {
      databaseId
    }
    ... on User {
      databaseId
    }
  }
`;

/** Needs WHO. The reason is asked for with duplicates: without that argument GitHub calls them "not planned". */
export const ISSUE = /* GraphQL */ `
  fragment IssueParts on Issue {
    id
    databaseId
    number
    title
    body
    state
    stateReason(enableDuplicate: true)
    createdAt
    closedAt
    updatedAt
    lastEditedAt
    viewerDidAuthor
    author {
      ...Who
    }
    labels(first: 100) {
      totalCount
      nodes {
        name
      }
    }
    blockedBy(first: 100) {
      totalCount
      nodes {
        id
        databaseId
        number
        state
        stateReason(enableDuplicate: true)
        closedAt
        repository {
          nameWithOwner
        }
      }
    }
  }
`;

/** Needs WHO. */
export const LABEL_EVENTS = /* GraphQL */ `
  fragment Labelled on LabeledEvent {
    id
    createdAt
    actor {
      ...Who
    }
    label {
      name
    }
  }
  fragment Unlabelled on UnlabeledEvent {
    id
    createdAt
    actor {
      ...Who
    }
    label {
      name
    }
  }
`;

/** Needs LABEL_EVENTS. */
export const TRACKER = /* GraphQL */ `
  fragment TrackerParts on Issue {
    id
    number
    title
    body
    state
    createdAt
    isPinned
    viewerDidAuthor
    labels(first: 100) {
      totalCount
      nodes {
        name
      }
    }
    labelEvents: timelineItems(last: 100, itemTypes: [LABELED_EVENT, UNLABELED_EVENT]) {
      pageCount
      pageInfo {
        hasPreviousPage
      }
      nodes {
        __typename
        ...Labelled
        ...Unlabelled
      }
    }
  }
`;

/** Needs WHO. */
export const COMMENT = /* GraphQL */ `
  fragment CommentParts on IssueComment {
    id
    repository {
      nameWithOwner
    }
    databaseId
    body
    createdAt
    lastEditedAt
    url
    viewerDidAuthor
    author {
      ...Who
    }
    pullRequest {
      id
    }
    userContentEdits(first: 100) {
      totalCount
      nodes {
        editor {
          ...Who
        }
      }
    }
    reactionGroups {
      content
      viewerHasReacted
    }
  }
`;
