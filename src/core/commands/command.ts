import type { Priority } from '../facts/priority.js';
import type { IssueRef } from '../facts/references.js';
import type { RiskLevel } from '../facts/risk.js';
import type { HourRange } from '../settings/duration.js';
import type { Place, Verb } from './registry.js';

/** The issues that a command means: the one it stands on, all of the deployment, or those it names. */
export type CommandTargets = 'here' | 'all' | readonly IssueRef[];

/** Verbs that act on issues and need nothing more to be said. */
export type IssueVerb =
  | 'status'
  | 'why'
  | 'deploy'
  | 'cancel'
  | 'start'
  | 'retry'
  | 'redeploy'
  | 'ready'
  | 'hold'
  | 'unhold'
  | 'merge'
  | 'not-merge'
  | 'update'
  | 'override';

/** Verbs that act on the whole deployment. */
export type DeploymentVerb = 'freeze' | 'unfreeze' | 'pause' | 'resume' | 'integrate' | 'sync' | 'refresh';

/** What a command asks for; references are of the own repository unless they name another. */
export type Request =
  | { readonly verb: 'help'; readonly about: Verb | null }
  | { readonly verb: DeploymentVerb }
  | { readonly verb: IssueVerb; readonly targets: CommandTargets }
  | { readonly verb: 'adopt'; readonly pull: IssueRef }
  | { readonly verb: 'depends-on' | 'not-depends-on'; readonly refs: readonly IssueRef[] }
  | {
      readonly verb: 'shares';
      readonly targets: CommandTargets;
      readonly name: string;
      /** Issues named besides the one that the command stands on. */
      readonly others: readonly IssueRef[];
    }
  | { readonly verb: 'not-shares'; readonly targets: CommandTargets; readonly name: string }
  | { readonly verb: 'effort'; readonly targets: CommandTargets; readonly effort: HourRange }
  | { readonly verb: 'risk'; readonly targets: CommandTargets; readonly level: RiskLevel }
  | { readonly verb: 'priority'; readonly targets: CommandTargets; readonly priority: Priority };

/** A command of a comment. The line counts from 1; the reason is trimmed, at most 200 characters. */
export type Command = Request & { readonly line: number; readonly reason: string | null };

/** What is wrong with a line; `expected` is a phrase that goes on after "takes" or "needs". */
export type Fault =
  | { readonly kind: 'missing-verb' }
  | { readonly kind: 'unknown-verb'; readonly word: string; readonly suggestion: Verb | null }
  | { readonly kind: 'not-available'; readonly verb: Verb }
  | { readonly kind: 'wrong-place'; readonly verb: Verb; readonly places: readonly Place[] }
  | { readonly kind: 'bad-argument'; readonly verb: Verb; readonly expected: string; readonly got: string }
  | { readonly kind: 'missing-argument'; readonly verb: Verb; readonly expected: string }
  | { readonly kind: 'duplicate-key'; readonly verb: Verb; readonly key: string }
  | { readonly kind: 'unclosed-quote'; readonly verb: Verb; readonly key: string }
  | { readonly kind: 'missing-reason'; readonly verb: Verb }
  | { readonly kind: 'reason-too-long'; readonly verb: Verb; readonly length: number }
  | { readonly kind: 'too-many-commands'; readonly count: number };

/** A fault and its line; a comment with too many commands is at fault in the line of the first that is too much. */
export type Problem = Fault & { readonly line: number };
