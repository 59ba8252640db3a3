import { notServed, unprocessable } from '../../domain/errors.js';
import type { RulesetInput } from '../../domain/rulesets/operations.js';
import { type BranchRule, MERGE_METHODS, PLAIN_RULES, type PlainRule } from '../../state/model.js';
import type { Input } from '../route.js';
import { serveOnly } from './issue-target.js';

type Body = Input<'repos/update-repo-ruleset'>['body'];
type Rule = NonNullable<Body['rules']>[number];
type Parameters<Type extends Rule['type']> = NonNullable<
  Extract<Rule, { type: Type; parameters?: object }>['parameters']
>;

/** What a request says of a ruleset; what it leaves out is not there. 501 for what the local GitHub does not serve. */
export function rulesetInput(body: Body): Partial<RulesetInput> {
  const { name, target = 'branch', enforcement, bypass_actors: actors, conditions, rules } = body;
  if (target !== 'branch') throw notServed(`rulesets for a ${target}`);
  if (enforcement === 'evaluate') throw notServed('rulesets that are only evaluated');
  return {
    ...(name !== undefined && { name }),
    ...(enforcement !== undefined && { active: enforcement === 'active' }),
    ...(actors !== undefined && { bypass: actors.map(actorOf) }),
    ...(conditions !== undefined && {
      include: conditions.ref_name?.include ?? [],
      exclude: conditions.ref_name?.exclude ?? [],
    }),
    ...(rules !== undefined && { rules: rules.map(ruleOf) }),
  };
}

function actorOf(actor: NonNullable<Body['bypass_actors']>[number]): RulesetInput['bypass'][number] {
  const { actor_type: type, actor_id: id, bypass_mode: mode = 'always' } = actor;
  if (type !== 'Integration' && type !== 'RepositoryRole') throw notServed(`bypass by a ${type}`);
  if (mode === 'exempt') throw notServed('actors that are exempt from a ruleset');
  if (typeof id !== 'number') throw unprocessable('Validation Failed', [`Actor ${type} needs an actor_id`]);
  return { type, id, mode };
}

function ruleOf(rule: Rule): BranchRule {
  switch (rule.type) {
    case 'pull_request':
      return pullRequestRule(needed(rule.type, rule.parameters));
    case 'required_status_checks':
      return checksRule(needed(rule.type, rule.parameters));
    case 'merge_queue':
      return queueRule(needed(rule.type, rule.parameters));
    case 'update': {
      if (rule.parameters?.update_allows_fetch_and_merge === true) {
        throw notServed('update_allows_fetch_and_merge of a rule');
      }
      return { type: 'update' };
    }
    default: {
      const { type } = rule;
      if (!isPlain(type)) throw notServed(`rules of type ${type}`);
      return { type };
    }
  }
}

function isPlain(type: string): type is PlainRule {
  return (PLAIN_RULES as readonly string[]).includes(type);
}

function needed<Value>(type: string, parameters: Value | undefined): Value {
  if (parameters === undefined) throw unprocessable('Validation Failed', [`Rule ${type} needs parameters`]);
  return parameters;
}

function pullRequestRule(parameters: Parameters<'pull_request'>): BranchRule {
  const {
    require_code_owner_review: owners,
    required_review_thread_resolution: threads,
    ...served
  } = parameters;
  if (owners) throw notServed('code owners');
  if (threads) throw notServed('the resolution of review threads');
  serveOnly('a pull_request rule', served, [
    'allowed_merge_methods',
    'dismiss_stale_reviews_on_push',
    'require_last_push_approval',
    'required_approving_review_count',
  ]);
  const methods = served.allowed_merge_methods ?? [...MERGE_METHODS];
  if (methods.length === 0) {
    throw unprocessable('Validation Failed', ['At least one merge method must be allowed']);
  }
  return {
    type: 'pull_request',
    approvals: served.required_approving_review_count,
    dismissStale: served.dismiss_stale_reviews_on_push,
    lastPush: served.require_last_push_approval,
    methods,
  };
}

function checksRule(parameters: Parameters<'required_status_checks'>): BranchRule {
  const { required_status_checks: checks, do_not_enforce_on_create: notOnCreate = false } = parameters;
  return {
    type: 'required_status_checks',
    checks: checks.map(({ context, integration_id: appId }) => ({ context, appId: appId ?? null })),
    strict: parameters.strict_required_status_checks_policy,
    onCreate: !notOnCreate,
  };
}

function queueRule(parameters: Parameters<'merge_queue'>): BranchRule {
  const { max_entries_to_build: maxEntries, max_entries_to_merge: maxMerge } = parameters;
  const { min_entries_to_merge: minMerge } = parameters;
  if (maxEntries === 0 || maxMerge === 0) throw notServed('merge queues whose groups have no limit');
  if (minMerge > maxMerge) {
    throw unprocessable('Validation Failed', ['min_entries_to_merge is more than max_entries_to_merge']);
  }
  return {
    type: 'merge_queue',
    method: QUEUE_METHODS[parameters.merge_method],
    grouping: parameters.grouping_strategy,
    maxEntries,
    timeout: parameters.check_response_timeout_minutes,
    minMerge,
    minMergeWait: parameters.min_entries_to_merge_wait_minutes,
    maxMerge,
  };
}

const QUEUE_METHODS = { MERGE: 'merge', SQUASH: 'squash', REBASE: 'rebase' } as const;
