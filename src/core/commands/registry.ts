import type { Role } from '../model/index.js';

/** Where a comment stands. `elsewhere` is a pull request or an issue that nothing here knows. */
export type Place = 'issue' | 'pull request' | 'tracking issue' | 'elsewhere';

/**
 * How a command on the tracking issue says which issues it means: it must name them; it names them or says `all`; it
 * names them or means all. On an issue or its pull request it always means that one.
 */
export type Targets = 'none' | 'named' | 'named or all' | 'optional';

/** What stands behind the verb, besides the issues meant and the reason. */
export type ArgumentShape =
  'none' | 'verb' | 'references' | 'pull request' | 'shares' | 'name' | 'effort' | 'risk' | 'priority';

/** One row per verb: the only source of the parser, of `help`, of the role check and of docs/commands.md. */
export interface VerbRow {
  readonly verb: string;
  readonly usage: string;
  readonly role: Exclude<Role, 'none' | 'read' | 'admin'>;
  readonly places: readonly Place[];
  readonly targets: Targets;
  readonly takes: ArgumentShape;
  readonly reason: 'optional' | 'required';
  readonly help: string;
  readonly example: string;
  /** Whether this version serves the verb; the others are listed and answered honestly. */
  readonly available: boolean;
}

const EVERYWHERE = ['issue', 'pull request', 'tracking issue', 'elsewhere'] as const;
const WORK = ['issue', 'pull request', 'tracking issue'] as const;
const ONE_ISSUE = ['issue', 'pull request'] as const;
const TRACKING = ['tracking issue'] as const;

const NOTHING = { targets: 'none', takes: 'none', reason: 'optional' } as const;
const NAMED = { places: WORK, targets: 'named', takes: 'none', reason: 'optional' } as const;
const NAMED_OR_ALL = { places: WORK, targets: 'named or all', takes: 'none', reason: 'optional' } as const;

// prettier-ignore
const ROWS = [
  { verb: 'help', usage: 'help [verb]', role: 'triage', ...NOTHING, places: EVERYWHERE, takes: 'verb', available: true,
    help: 'lists all commands, or explains one', example: 'help depends-on' },
  { verb: 'status', usage: 'status', role: 'triage', ...NAMED, targets: 'optional', available: true,
    help: 'says where it stands: state, branch, pull request, waits for, position, last push', example: 'status' },
  { verb: 'why', usage: 'why', role: 'triage', ...NAMED, targets: 'optional', available: true,
    help: 'says why it has not started or landed, and who can change that', example: 'why' },
  { verb: 'deploy', usage: 'deploy', role: 'write', ...NAMED, available: true,
    help: 'deploys the issue: a branch, a task file and a draft pull request', example: 'deploy' },
  { verb: 'cancel', usage: 'cancel', role: 'write', ...NAMED, available: true,
    help: 'takes the issue out of the deployment; the pull request is closed, the branch kept', example: 'cancel' },
  { verb: 'start', usage: 'start', role: 'write', ...NAMED_OR_ALL, available: false,
    help: 'starts the runner now, although the issue waits for others', example: 'start' },
  { verb: 'retry', usage: 'retry [-- what to change]', role: 'write', ...NAMED, available: false,
    help: 'starts the runner again, with your words for the agent', example: 'retry -- keep the old API' },
  { verb: 'redeploy', usage: 'redeploy', role: 'write', ...NAMED, available: true,
    help: "records the issue's present text in the task file again", example: 'redeploy' },
  { verb: 'ready', usage: 'ready', role: 'write', ...NAMED_OR_ALL, available: true,
    help: 'marks the pull request ready for review', example: 'ready' },
  { verb: 'adopt', usage: 'adopt #45', role: 'write', ...NOTHING, places: ONE_ISSUE, takes: 'pull request', available: true,
    help: 'takes that pull request in place of the draft', example: 'adopt #45' },
  { verb: 'depends-on', usage: 'depends-on #4 [#5 …]', role: 'triage', ...NOTHING, places: ONE_ISSUE, takes: 'references', available: true,
    help: 'makes this issue wait until those are merged', example: 'depends-on #4 #5' },
  { verb: 'not-depends-on', usage: 'not-depends-on #4 [#5 …]', role: 'write', ...NOTHING, places: ONE_ISSUE, takes: 'references', available: true,
    help: 'makes this issue wait for those no longer', example: 'not-depends-on #4' },
  { verb: 'shares', usage: 'shares <what> [#4 …] [-- note]', role: 'triage', ...NAMED, takes: 'shares', available: true,
    help: 'says that these issues touch the same code', example: 'shares executor.py #5 -- agree on the interface' },
  { verb: 'not-shares', usage: 'not-shares <what>', role: 'write', ...NAMED, takes: 'name', available: true,
    help: 'says that the issue does not touch that code', example: 'not-shares executor.py' },
  { verb: 'effort', usage: 'effort 5-6h', role: 'triage', ...NAMED, takes: 'effort', available: true,
    help: 'sets the effort in hours', example: 'effort 5-6h' },
  { verb: 'risk', usage: 'risk high|medium|low [-- why]', role: 'triage', ...NAMED, takes: 'risk', available: true,
    help: 'sets the risk', example: 'risk high -- moves money' },
  { verb: 'priority', usage: 'priority p0|p1|p2|p3', role: 'triage', ...NAMED, takes: 'priority', available: true,
    help: 'sets the priority; p0 lands first, none is p2', example: 'priority p0' },
  { verb: 'hold', usage: 'hold [-- reason]', role: 'triage', ...NAMED_OR_ALL, available: true,
    help: 'keeps it from landing; a running agent goes on', example: 'hold -- waiting for legal' },
  { verb: 'unhold', usage: 'unhold', role: 'write', ...NAMED_OR_ALL, available: true,
    help: 'ends the hold', example: 'unhold' },
  { verb: 'merge', usage: 'merge [all]', role: 'write', ...NAMED_OR_ALL, available: true,
    help: 'lands it as soon as it can', example: 'merge' },
  { verb: 'not-merge', usage: 'not-merge [all]', role: 'write', ...NAMED_OR_ALL, available: true,
    help: 'takes the wish to land back', example: 'not-merge' },
  { verb: 'update', usage: 'update', role: 'write', ...NAMED, available: true,
    help: 'brings the branch up to date with the base now', example: 'update' },
  { verb: 'override', usage: 'override -- reason', role: 'maintain', ...NAMED, reason: 'required', available: true,
    help: 'clears the gate for the present head only', example: 'override -- hotfix, agreed with ops' },
  { verb: 'freeze', usage: 'freeze [-- reason]', role: 'maintain', ...NOTHING, places: TRACKING, available: true,
    help: 'lets nothing land', example: 'freeze -- release day' },
  { verb: 'unfreeze', usage: 'unfreeze', role: 'maintain', ...NOTHING, places: TRACKING, available: true,
    help: 'ends the freeze', example: 'unfreeze' },
  { verb: 'pause', usage: 'pause [-- reason]', role: 'write', ...NOTHING, places: TRACKING, available: false,
    help: 'starts no runner', example: 'pause -- out of budget' },
  { verb: 'resume', usage: 'resume', role: 'write', ...NOTHING, places: TRACKING, available: false,
    help: 'ends the pause', example: 'resume' },
  { verb: 'integrate', usage: 'integrate', role: 'write', ...NOTHING, places: TRACKING, available: false,
    help: 'tries the merge order on an integration branch', example: 'integrate' },
  { verb: 'sync', usage: 'sync', role: 'triage', ...NOTHING, places: TRACKING, available: true,
    help: 'posts the sync summary now', example: 'sync' },
  { verb: 'refresh', usage: 'refresh', role: 'triage', ...NOTHING, places: EVERYWHERE, available: true,
    help: 'looks at everything again now', example: 'refresh' },
] as const satisfies readonly VerbRow[];

/** The verbs that there are. */
export type Verb = (typeof ROWS)[number]['verb'];

/** A row whose verb is known to be one. */
export type Row = VerbRow & { readonly verb: Verb };

/** All rows in the order in which they are shown. */
export const VERBS: readonly Row[] = ROWS;

const BY_VERB: ReadonlyMap<string, Row> = new Map(ROWS.map((row) => [row.verb, row]));

/** The row of a verb in whatever case it is written. */
export function findVerb(word: string): Row | undefined {
  return BY_VERB.get(word.toLowerCase());
}
