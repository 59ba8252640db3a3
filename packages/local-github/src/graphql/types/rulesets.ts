import { nodeId } from '../../present/node-id.js';
import type { BranchRule, QueueSettings, RequiredCheck, Ruleset } from '../../state/model.js';
import { type Fields, Typed } from '../request.js';

/** A rule with the ruleset that it is of. */
interface RuleRow {
  readonly ruleset: Ruleset;
  readonly rule: BranchRule;
}

/** All rules of these rulesets. */
export function rulesOf(rulesets: readonly Ruleset[]): readonly RuleRow[] {
  return rulesets.flatMap((ruleset) => ruleset.rules.map((rule) => ({ ruleset, rule })));
}

export const RepositoryRule: Fields<RuleRow> = {
  id: ({ ruleset, rule }) => nodeId('RepositoryRule', `${ruleset.id}:${ruleset.rules.indexOf(rule)}`),
  type: ({ rule }) => rule.type.toUpperCase(),
  parameters: ({ rule }) => {
    if (rule.type === 'pull_request') return new Typed('PullRequestParameters', rule);
    if (rule.type === 'required_status_checks') return new Typed('RequiredStatusChecksParameters', rule);
    if (rule.type === 'merge_queue') return new Typed('MergeQueueParameters', rule);
    return rule.type === 'update' ? new Typed('UpdateParameters', rule) : null;
  },
  repositoryRuleset: ({ ruleset }) => ruleset,
};

export const RepositoryRuleset: Fields<Ruleset> = {
  id: (ruleset) => nodeId('RepositoryRuleset', ruleset.id),
  databaseId: (ruleset) => ruleset.id,
  name: (ruleset) => ruleset.name,
  target: () => 'BRANCH',
  enforcement: (ruleset) => (ruleset.active ? 'ACTIVE' : 'DISABLED'),
  createdAt: (ruleset) => ruleset.createdAt,
  updatedAt: (ruleset) => ruleset.updatedAt,
  rules: (ruleset) => rulesOf([ruleset]),
};

export const PullRequestParameters: Fields<Extract<BranchRule, { readonly type: 'pull_request' }>> = {
  allowedMergeMethods: (rule) => rule.methods,
  dismissStaleReviewsOnPush: (rule) => rule.dismissStale,
  requireCodeOwnerReview: () => false,
  requireLastPushApproval: (rule) => rule.lastPush,
  requiredApprovingReviewCount: (rule) => rule.approvals,
  requiredReviewThreadResolution: () => false,
};

export const RequiredStatusChecksParameters: Fields<
  Extract<BranchRule, { readonly type: 'required_status_checks' }>
> = {
  doNotEnforceOnCreate: (rule) => !rule.onCreate,
  requiredStatusChecks: (rule) => rule.checks,
  strictRequiredStatusChecksPolicy: (rule) => rule.strict,
};

export const StatusCheckConfiguration: Fields<RequiredCheck> = {
  context: (check) => check.context,
  integrationId: (check) => check.appId,
};

export const MergeQueueParameters: Fields<QueueSettings> = {
  checkResponseTimeoutMinutes: (rule) => rule.timeout,
  groupingStrategy: (rule) => rule.grouping,
  maxEntriesToBuild: (rule) => rule.maxEntries,
  maxEntriesToMerge: (rule) => rule.maxMerge,
  mergeMethod: (rule) => rule.method.toUpperCase(),
  minEntriesToMerge: (rule) => rule.minMerge,
  minEntriesToMergeWaitMinutes: (rule) => rule.minMergeWait,
};

export const UpdateParameters: Fields<unknown> = {
  updateAllowsFetchAndMerge: () => false,
};
