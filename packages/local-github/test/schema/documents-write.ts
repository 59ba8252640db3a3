/** The mutations of a deployment, of a landing and of an agent's assignment. */

export const DEPLOY = /* GraphQL */ `
  mutation Deploy(
    $repository: ID!
    $nameWithOwner: String!
    $ref: String!
    $branch: String!
    $from: GitObjectID!
    $path: String!
    $contents: Base64String!
    $base: String!
    $title: String!
    $issue: ID!
    $blocker: ID!
  ) {
    createRef(input: { repositoryId: $repository, name: $ref, oid: $from }) {
      ref {
        id
        name
      }
    }
    createLinkedBranch(input: { issueId: $issue, oid: $from, name: $branch, repositoryId: $repository }) {
      linkedBranch {
        id
        ref {
          id
          name
        }
      }
    }
    createCommitOnBranch(
      input: {
        branch: { repositoryNameWithOwner: $nameWithOwner, branchName: $branch }
        expectedHeadOid: $from
        message: { headline: $title, body: "text" }
        fileChanges: { additions: [{ path: $path, contents: $contents }] }
      }
    ) {
      commit {
        oid
      }
    }
    createPullRequest(
      input: {
        repositoryId: $repository
        baseRefName: $base
        headRefName: $branch
        title: $title
        body: "Closes #8"
        draft: true
        maintainerCanModify: false
      }
    ) {
      pullRequest {
        id
        number
        headRefOid
      }
    }
    addBlockedBy(input: { issueId: $issue, blockingIssueId: $blocker }) {
      issue {
        number
      }
      blockingIssue {
        number
      }
    }
    removeBlockedBy(input: { issueId: $issue, blockingIssueId: $blocker }) {
      clientMutationId
    }
    pinIssue(input: { issueId: $issue }) {
      issue {
        number
        isPinned
      }
    }
    unpinIssue(input: { issueId: $issue }) {
      id
      issue {
        number
      }
    }
  }
`;

export const LAND = /* GraphQL */ `
  mutation Land(
    $repository: ID!
    $base: GitRefname!
    $before: GitObjectID!
    $head: GitObjectID!
    $pull: ID!
  ) {
    createCheckRun(
      input: {
        repositoryId: $repository
        headSha: $head
        name: "gate"
        externalId: "v1"
        status: COMPLETED
        conclusion: FAILURE
        output: { title: "Waits", summary: "for #8" }
        actions: [{ label: "Update", description: "Bring it up to date", identifier: "update" }]
      }
    ) {
      checkRun {
        id
        databaseId
      }
    }
    updatePullRequestBranch(input: { pullRequestId: $pull, expectedHeadOid: $head, updateMethod: REBASE }) {
      pullRequest {
        headRefOid
      }
    }
    updateRefs(
      input: {
        repositoryId: $repository
        refUpdates: [{ name: $base, beforeOid: $before, afterOid: $head, force: false }]
      }
    ) {
      clientMutationId
    }
    enqueuePullRequest(input: { pullRequestId: $pull, expectedHeadOid: $head }) {
      mergeQueueEntry {
        id
        position
        state
      }
    }
    enablePullRequestAutoMerge(input: { pullRequestId: $pull, expectedHeadOid: $head, mergeMethod: REBASE }) {
      pullRequest {
        number
      }
    }
  }
`;

export const ASSIGN_AGENT = /* GraphQL */ `
  mutation AssignAgent($issue: ID!, $bot: ID!, $base: String, $text: String) {
    replaceActorsForAssignable(
      input: {
        assignableId: $issue
        actorIds: [$bot]
        agentAssignment: { baseRef: $base, customInstructions: $text, customAgent: "a" }
      }
    ) {
      assignable {
        ... on Issue {
          number
        }
      }
    }
  }
`;
