/**
 * What GitHub's GraphQL schema has since the npm package's copy of it (content of February 2025) was made, as far as
 * it is needed here. Source of each part: GitHub's GraphQL reference, generated from its own schema
 * (https://docs.github.com/en/graphql/reference/issues), and the schema changelog
 * (https://docs.github.com/en/graphql/overview/changelog) for the day it came.
 */
export const EXTENSIONS = /* GraphQL */ `
  # Reference: object Issue; the order's default as in the public schema. Changelog 2025-07-30.
  extend type Issue {
    blockedBy(
      after: String
      before: String
      first: Int
      last: Int
      orderBy: IssueDependencyOrder = { field: DEPENDENCY_ADDED_AT, direction: DESC }
    ): IssueConnection!
    blocking(
      after: String
      before: String
      first: Int
      last: Int
      orderBy: IssueDependencyOrder = { field: DEPENDENCY_ADDED_AT, direction: DESC }
    ): IssueConnection!
    issueDependenciesSummary: IssueDependenciesSummary!
  }

  # Reference: object IssueDependenciesSummary. Changelog 2025-07-30; the totals, open and closed, 2025-10-15.
  type IssueDependenciesSummary {
    blockedBy: Int!
    blocking: Int!
    totalBlockedBy: Int!
    totalBlocking: Int!
  }

  # Reference: input object IssueDependencyOrder, enum IssueDependencyOrderField. Changelog 2025-07-30.
  input IssueDependencyOrder {
    direction: OrderDirection!
    field: IssueDependencyOrderField!
  }
  enum IssueDependencyOrderField {
    CREATED_AT
    DEPENDENCY_ADDED_AT
  }

  # Reference: mutations addBlockedBy and removeBlockedBy. Changelog 2025-07-30.
  extend type Mutation {
    addBlockedBy(input: AddBlockedByInput!): AddBlockedByPayload
    removeBlockedBy(input: RemoveBlockedByInput!): RemoveBlockedByPayload
  }
  input AddBlockedByInput {
    blockingIssueId: ID!
    clientMutationId: String
    issueId: ID!
  }
  type AddBlockedByPayload {
    blockingIssue: Issue
    clientMutationId: String
    issue: Issue
  }
  input RemoveBlockedByInput {
    blockingIssueId: ID!
    clientMutationId: String
    issueId: ID!
  }
  type RemoveBlockedByPayload {
    blockingIssue: Issue
    clientMutationId: String
    issue: Issue
  }

  # Reference: objects BlockedByAddedEvent, BlockedByRemovedEvent, BlockingAddedEvent, BlockingRemovedEvent.
  # Changelog 2025-08-14, which also adds them to the timelines of issues and of pull requests.
  type BlockedByAddedEvent implements Node {
    actor: Actor
    blockingIssue: Issue
    createdAt: DateTime!
    id: ID!
  }
  type BlockedByRemovedEvent implements Node {
    actor: Actor
    blockingIssue: Issue
    createdAt: DateTime!
    id: ID!
  }
  type BlockingAddedEvent implements Node {
    actor: Actor
    blockedIssue: Issue
    createdAt: DateTime!
    id: ID!
  }
  type BlockingRemovedEvent implements Node {
    actor: Actor
    blockedIssue: Issue
    createdAt: DateTime!
    id: ID!
  }
  extend union IssueTimelineItems =
    | BlockedByAddedEvent
    | BlockedByRemovedEvent
    | BlockingAddedEvent
    | BlockingRemovedEvent
  extend union PullRequestTimelineItems =
    | BlockedByAddedEvent
    | BlockedByRemovedEvent
    | BlockingAddedEvent
    | BlockingRemovedEvent

  # Reference: enum IssueTimelineItemsItemType.
  extend enum IssueTimelineItemsItemType {
    BLOCKED_BY_ADDED_EVENT
    BLOCKED_BY_REMOVED_EVENT
    BLOCKING_ADDED_EVENT
    BLOCKING_REMOVED_EVENT
  }

  # Changelog of GitHub's blog, 2025-12-03: coding agents are assigned by replaceActorsForAssignable with
  # agentAssignment. That actorIds and actorLogins may each be left out is seen in clients, not in the reference.
  extend type Mutation {
    replaceActorsForAssignable(input: ReplaceActorsForAssignableInput!): ReplaceActorsForAssignablePayload
  }
  input ReplaceActorsForAssignableInput {
    actorIds: [ID!]
    actorLogins: [String!]
    agentAssignment: AgentAssignmentInput
    assignableId: ID!
    clientMutationId: String
  }
  input AgentAssignmentInput {
    baseRef: String
    customAgent: String
    customInstructions: String
    targetRepositoryId: ID
  }
  type ReplaceActorsForAssignablePayload {
    assignable: Assignable
    clientMutationId: String
  }
`;
