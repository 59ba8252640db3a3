import type { Json } from '../rest/route.js';
import type { BranchRule, Ruleset } from '../state/model.js';
import type { View } from '../world.js';
import { nodeId } from './node-id.js';
import { fullName, repositoryPage, repositoryUrl } from './urls.js';

/** A rule as GitHub's `repository-rule`, with the parameters that cannot be set here. */
export function presentRule(rule: BranchRule): { readonly [key: string]: Json } {
  const { type } = rule;
  switch (type) {
    case 'pull_request':
      return {
        type,
        parameters: {
          required_approving_review_count: rule.approvals,
          dismiss_stale_reviews_on_push: rule.dismissStale,
          require_code_owner_review: false,
          require_last_push_approval: rule.lastPush,
          required_review_thread_resolution: false,
          allowed_merge_methods: [...rule.methods],
        },
      };
    case 'required_status_checks':
      return {
        type,
        parameters: {
          required_status_checks: rule.checks.map(({ context, appId }) => ({
            context,
            ...(appId !== null && { integration_id: appId }),
          })),
          strict_required_status_checks_policy: rule.strict,
          do_not_enforce_on_create: !rule.onCreate,
        },
      };
    case 'merge_queue':
      return {
        type,
        parameters: {
          check_response_timeout_minutes: rule.timeout,
          grouping_strategy: rule.grouping,
          max_entries_to_build: rule.maxEntries,
          max_entries_to_merge: rule.maxMerge,
          merge_method: rule.method.toUpperCase(),
          min_entries_to_merge: rule.minMerge,
          min_entries_to_merge_wait_minutes: rule.minMergeWait,
        },
      };
    case 'required_linear_history':
    case 'required_signatures':
    case 'non_fast_forward':
    case 'deletion':
    case 'update':
      return { type };
  }
}

/** What the list of rulesets says of each: GitHub's `repository-ruleset`, without what it asks and of whom. */
export function presentRuleset(view: View, ruleset: Ruleset): { readonly [key: string]: Json } {
  const { id, repositoryId } = ruleset;
  return {
    id,
    name: ruleset.name,
    target: 'branch',
    source_type: 'Repository',
    source: fullName(view, repositoryId),
    enforcement: ruleset.active ? 'active' : 'disabled',
    node_id: nodeId('RepositoryRuleset', id),
    _links: {
      self: { href: `${repositoryUrl(view, repositoryId)}/rulesets/${id}` },
      html: { href: `${repositoryPage(view, repositoryId)}/rules/${id}` },
    },
    created_at: ruleset.createdAt,
    updated_at: ruleset.updatedAt,
  };
}

/** A ruleset as a whole. Only who may change it is told who goes past it. */
export function presentWholeRuleset(
  view: View,
  ruleset: Ruleset,
  mayChange: boolean,
): { readonly [key: string]: Json } {
  return {
    ...presentRuleset(view, ruleset),
    conditions: { ref_name: { include: [...ruleset.include], exclude: [...ruleset.exclude] } },
    rules: ruleset.rules.map(presentRule),
    ...(mayChange && {
      bypass_actors: ruleset.bypass.map(({ type, id, mode }) => ({
        actor_type: type,
        actor_id: id,
        bypass_mode: mode,
      })),
    }),
  };
}
