import { pageInfoFields } from './connection.js';
import type { Fields } from './request.js';
import * as accounts from './types/accounts.js';
import * as checks from './types/checks.js';
import * as commits from './types/commits.js';
import { EVENT_TYPES } from './types/events.js';
import * as git from './types/git.js';
import * as issues from './types/issues.js';
import { Label } from './types/labels.js';
import * as queues from './types/merge-queue.js';
import { PullRequest } from './types/pulls.js';
import { Query, RateLimit } from './types/query.js';
import { AddedToMergeQueueEvent, RemovedFromMergeQueueEvent } from './types/queue-events.js';
import * as refs from './types/refs.js';
import { Repository } from './types/repository.js';
import * as reviews from './types/reviews.js';
import * as rollup from './types/rollup.js';
import * as rulesets from './types/rulesets.js';
import * as text from './types/text.js';
import { timelineConnectionFields } from './types/timeline.js';

/**
 * Every field that is served, by type and name. Connections and edges need no rows here unless they have fields of
 * their own.
 */
export const RESOLVERS: Readonly<Record<string, Fields<never>>> = {
  Query,
  RateLimit,
  PageInfo: pageInfoFields,
  User: accounts.User,
  Bot: accounts.Bot,
  Organization: accounts.Organization,
  App: accounts.AppType,
  Repository,
  Ref: refs.Ref,
  RefUpdateRule: refs.RefUpdateRule,
  BranchProtectionRule: refs.BranchProtectionRule,
  RequiredStatusCheckDescription: refs.RequiredStatusCheckDescription,
  RepositoryRule: rulesets.RepositoryRule,
  RepositoryRuleset: rulesets.RepositoryRuleset,
  PullRequestParameters: rulesets.PullRequestParameters,
  RequiredStatusChecksParameters: rulesets.RequiredStatusChecksParameters,
  StatusCheckConfiguration: rulesets.StatusCheckConfiguration,
  MergeQueueParameters: rulesets.MergeQueueParameters,
  UpdateParameters: rulesets.UpdateParameters,
  Commit: commits.Commit,
  GitActor: commits.GitActor,
  GpgSignature: commits.GpgSignature,
  Comparison: commits.Comparison,
  Blob: git.Blob,
  Tree: git.Tree,
  TreeEntry: git.TreeEntry,
  Label,
  Issue: issues.Issue,
  IssueDependenciesSummary: issues.IssueDependenciesSummary,
  PinnedIssue: issues.PinnedIssue,
  IssueComment: issues.IssueComment,
  UserContentEdit: text.UserContentEdit,
  ReactionGroup: text.ReactionGroup,
  Reaction: text.ReactionType,
  PullRequest,
  PullRequestCommit: reviews.PullRequestCommit,
  PullRequestReview: reviews.PullRequestReview,
  PullRequestChangedFile: reviews.PullRequestChangedFile,
  ReviewRequest: reviews.ReviewRequest,
  MergeQueue: queues.MergeQueue,
  MergeQueueConfiguration: queues.MergeQueueConfiguration,
  MergeQueueEntry: queues.MergeQueueEntry,
  CheckSuite: checks.CheckSuite,
  CheckRun: checks.CheckRun,
  CheckAnnotation: checks.CheckAnnotation,
  CheckAnnotationSpan: checks.CheckAnnotationSpan,
  CheckAnnotationPosition: checks.CheckAnnotationPosition,
  StatusContext: checks.StatusContext,
  Status: rollup.Status,
  StatusCheckRollup: rollup.StatusCheckRollup,
  StatusCheckRollupContextConnection: rollup.StatusCheckRollupContextConnection,
  CheckRunStateCount: rollup.CheckRunStateCount,
  StatusContextStateCount: rollup.StatusContextStateCount,
  IssueTimelineItemsConnection: timelineConnectionFields,
  PullRequestTimelineItemsConnection: timelineConnectionFields,
  AddedToMergeQueueEvent,
  RemovedFromMergeQueueEvent,
  ...EVENT_TYPES,
};
