import { atLeast, roleOf } from '../../access/access.js';
import type {
  BranchRule,
  MergeMethod,
  Protection,
  Repository,
  RequiredCheck,
  Ruleset,
  State,
} from '../../state/model.js';
import { type Context, present } from '../context.js';
import { goesPast, rulesetsOn } from '../rulesets/match.js';

/** What classic protection and all rulesets of a branch ask for together: of each thing the strictest. */
export interface Demands extends Omit<Protection, 'enforceAdmins'> {
  /** The merge methods that all of them allow; null where none says. */
  readonly methods: readonly MergeMethod[] | null;
  readonly noForce: boolean;
  readonly noDeletion: boolean;
  readonly noUpdate: boolean;
  /** A ruleset wants changes to come through a merge queue; a queue without a ruleset is not among the demands. */
  readonly viaQueue: boolean;
  /** A ruleset is among them: refusals are then worded as GitHub words those of rulesets. */
  readonly ofRulesets: boolean;
}

/** What is done to the branch. */
export type Deed = 'create' | 'move' | 'merge';

const NOTHING: Demands = {
  requiredChecks: [],
  strict: false,
  approvals: null,
  dismissStale: false,
  lastPush: false,
  linear: false,
  signatures: false,
  methods: null,
  noForce: false,
  noDeletion: false,
  noUpdate: false,
  viaQueue: false,
  ofRulesets: false,
};

/** What is asked of everybody whom nothing lets past. */
export function demandsOn(
  state: Pick<State, 'rulesets'>,
  repository: Pick<Repository, 'id' | 'defaultBranch' | 'protection'>,
  branch: string,
): Demands {
  const classic = repository.protection[branch];
  return [
    ...(classic ? [ofProtection(classic)] : []),
    ...rulesetsOn(state, repository, branch).map((ruleset) => ofRuleset(ruleset, 'move')),
  ].reduce(together, NOTHING);
}

/**
 * What is left of it for this caller. Classic protection does not look at a branch that comes into being; a ruleset
 * does, as its choice not to require checks there tells.
 */
export function demandsFor(context: Context, repository: Repository, branch: string, deed: Deed): Demands {
  const classic = deed === 'create' ? undefined : repository.protection[branch];
  return [
    ...(classic ? [bound(context, repository, classic)] : []),
    ...rulesetsOn(present(context).state, repository, branch)
      .filter((ruleset) => !goesPast(context, repository, ruleset, deed === 'merge'))
      .map((ruleset) => ofRuleset(ruleset, deed)),
  ].reduce(together, NOTHING);
}

/** True for administrators, unless the protection binds them too. */
export function isPastProtection(
  { principal }: Context,
  repository: Repository,
  protection: Protection | undefined,
): boolean {
  if (protection?.enforceAdmins === true || principal.kind !== 'user') return false;
  return atLeast(roleOf(repository, principal.accountId), 'admin');
}

/** Nobody goes past classic protection on forced pushes and deletions. */
function bound(context: Context, repository: Repository, protection: Protection): Demands {
  if (!isPastProtection(context, repository, protection)) return ofProtection(protection);
  return { ...NOTHING, noForce: true, noDeletion: true };
}

function ofProtection(protection: Protection): Demands {
  return { ...NOTHING, ...protection, noForce: true, noDeletion: true };
}

function ofRuleset({ rules }: Ruleset, deed: Deed): Demands {
  const start: Demands = { ...NOTHING, ofRulesets: true };
  return rules.map((rule) => ({ ...start, ...ofRule(rule, deed) })).reduce(together, start);
}

function ofRule(rule: BranchRule, deed: Deed): Partial<Demands> {
  switch (rule.type) {
    case 'pull_request':
      return rule;
    case 'required_status_checks': {
      if (deed === 'create' && !rule.onCreate) return {};
      // Without a check the policy has no effect.
      return { requiredChecks: rule.checks, strict: rule.strict && rule.checks.length > 0 };
    }
    case 'required_linear_history':
      return { linear: true };
    case 'required_signatures':
      return { signatures: true };
    case 'non_fast_forward':
      return { noForce: true };
    case 'deletion':
      return { noDeletion: true };
    case 'update':
      return { noUpdate: deed !== 'create' };
    case 'merge_queue':
      return { viaQueue: true };
  }
}

function together(a: Demands, b: Demands): Demands {
  const approvals = [a.approvals, b.approvals].flatMap((count) => count ?? []);
  return {
    requiredChecks: distinct([...a.requiredChecks, ...b.requiredChecks]),
    strict: a.strict || b.strict,
    approvals: approvals.length === 0 ? null : Math.max(...approvals),
    dismissStale: a.dismissStale || b.dismissStale,
    lastPush: a.lastPush || b.lastPush,
    linear: a.linear || b.linear,
    signatures: a.signatures || b.signatures,
    methods: shared(a.methods, b.methods),
    noForce: a.noForce || b.noForce,
    noDeletion: a.noDeletion || b.noDeletion,
    noUpdate: a.noUpdate || b.noUpdate,
    viaQueue: a.viaQueue || b.viaQueue,
    ofRulesets: a.ofRulesets || b.ofRulesets,
  };
}

function shared(a: Demands['methods'], b: Demands['methods']): Demands['methods'] {
  if (a === null || b === null) return a ?? b;
  return a.filter((method) => b.includes(method));
}

function distinct(checks: readonly RequiredCheck[]): readonly RequiredCheck[] {
  return checks.filter(
    ({ context, appId }, index) =>
      checks.findIndex((other) => other.context === context && other.appId === appId) === index,
  );
}
