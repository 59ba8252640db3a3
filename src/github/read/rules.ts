import { type MergeMethod, type Readable, type Rules, read, unreadable } from '../../core/model/index.js';
import { type Connection, type Faults, whole } from './answer.js';

/** What classic protection asks of a branch: GitHub's `RefUpdateRule`. */
export interface RawUpdateRule {
  readonly requiredStatusCheckContexts: readonly (string | null)[] | null;
  readonly requiredApprovingReviewCount: number | null;
  readonly requiresLinearHistory: boolean;
  readonly requiresSignatures: boolean;
  readonly viewerCanPush: boolean;
}

/** A rule of an active ruleset of the repository or its organization: GitHub's `RepositoryRule`. */
export interface RawRule {
  readonly type: string;
  readonly parameters: {
    readonly requiredStatusChecks?: readonly { readonly context: string }[];
    readonly strictRequiredStatusChecksPolicy?: boolean;
    readonly requiredApprovingReviewCount?: number;
    readonly dismissStaleReviewsOnPush?: boolean;
    readonly requireLastPushApproval?: boolean;
    readonly allowedMergeMethods?: readonly string[] | null;
  } | null;
}

interface RawProtected {
  readonly refUpdateRule: RawUpdateRule | null;
  readonly rules?: Connection<RawRule> | null;
}

/**
 * What classic protection and rulesets together ask for: neither shows what the other does. A branch without rules asks
 * for nothing, and whoever may write may push to it.
 */
export function rulesOf(base: RawProtected | null, hasQueue: boolean, faults: Faults): Readable<Rules> {
  const queueFault = faults.take(['repository', 'mergeQueue']);
  const fault = faults.take(['repository', 'base', 'refUpdateRule']) ?? queueFault;
  const rules = whole(base?.rules, faults.take(['repository', 'base', 'rules']));
  if (fault !== null) return unreadable(fault);
  if (rules.kind === 'unreadable') return rules;
  const classic = base?.refUpdateRule;
  const has = (type: string) => rules.value.some((rule) => rule.type === type);
  return read({
    requiredChecks: requiredChecks(classic, rules.value),
    approvals: approvals(classic, rules.value),
    strict: rules.value.some(isStrict),
    mergeMethods: mergeMethods(rules.value),
    dismissStale: rules.value.some(({ parameters }) => parameters?.dismissStaleReviewsOnPush === true),
    lastPush: rules.value.some(({ parameters }) => parameters?.requireLastPushApproval === true),
    linear: has('REQUIRED_LINEAR_HISTORY') || classic?.requiresLinearHistory === true,
    signatures: has('REQUIRED_SIGNATURES') || classic?.requiresSignatures === true,
    mayPush: !has('UPDATE') && classic?.viewerCanPush !== false,
    mergeQueue: hasQueue || has('MERGE_QUEUE'),
  });
}

function requiredChecks(
  classic: RawUpdateRule | null | undefined,
  rules: readonly RawRule[],
): readonly string[] {
  const contexts = rules.flatMap(({ parameters }) => parameters?.requiredStatusChecks ?? []);
  return [
    ...new Set([
      ...(classic?.requiredStatusCheckContexts ?? []).flatMap((context) => context ?? []),
      ...contexts.map(({ context }) => context),
    ]),
  ];
}

/** The most that anything asks for; null where nothing asks for a pull request. */
function approvals(classic: RawUpdateRule | null | undefined, rules: readonly RawRule[]): number | null {
  const counts = rules.flatMap(({ type, parameters }) =>
    type === 'PULL_REQUEST' ? [parameters?.requiredApprovingReviewCount ?? 0] : [],
  );
  const own = classic?.requiredApprovingReviewCount ?? null;
  if (own !== null) counts.push(own);
  return counts.length === 0 ? null : Math.max(...counts);
}

/** Without a check to require, GitHub takes no notice of the flag. */
function isStrict({ parameters }: RawRule): boolean {
  const checks = parameters?.requiredStatusChecks ?? [];
  return parameters?.strictRequiredStatusChecksPolicy === true && checks.length > 0;
}

const METHODS: readonly MergeMethod[] = ['squash', 'rebase', 'merge'];

/** What every ruleset allows that says anything of it; one that says nothing allows all. */
function mergeMethods(rules: readonly RawRule[]): readonly MergeMethod[] | null {
  const lists = rules.flatMap(({ parameters }) =>
    parameters?.allowedMergeMethods ? [parameters.allowedMergeMethods.map((each) => each.toLowerCase())] : [],
  );
  return lists.length === 0 ? null : METHODS.filter((method) => lists.every((list) => list.includes(method)));
}
