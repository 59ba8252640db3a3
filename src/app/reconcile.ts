import type { Action } from '../core/actions/action.js';
import { describe } from '../core/actions/describe.js';
import type { Click, Snapshot, Time } from '../core/model/index.js';
import type { Digest } from '../core/names/labels.js';
import { type Plan, type PlanInput, plan } from '../core/plan/plan.js';
import { type Failure, apply } from './apply.js';
import { createBestEffort } from './best-effort.js';
import { affordable } from './budget.js';
import { AppError } from './errors.js';
import { type OwnWrites, createOwnWrites } from './own-writes.js';
import { createRefusals } from './refusals.js';
import type { Clock, Log, RepositoryKey, SnapshotReader, Writer } from './ports.js';

export interface ReconcileParts {
  readonly reader: SnapshotReader;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly log: Log;
  readonly digest: Digest;
  readonly appVersion: string;
}

export interface Reconciled {
  /** Milliseconds after which to look again, since reads may lag behind the last write; absent if nothing was written. */
  readonly again?: number;
  /** When the passing of time alone changes something; null if it never does. */
  readonly lookAt?: Time | null;
  /** Whether the repository has a deployment that is not finished. */
  readonly openWork: boolean;
  /** Less than a fifth of the rate limit is left. */
  readonly lowRateLimit: boolean;
  /** Clicks that could not be judged yet: to be given to the next run. */
  readonly clicks: readonly Click[];
}

/**
 * Brings one repository to where it should be; safe at any time, any number of times. `clicks` are those on the app's check
 * runs since the last run: all else is found on GitHub.
 */
export type Reconcile = (clicks?: readonly Click[]) => Promise<Reconciled>;

/** After a change the snapshot is read again, so often in one run. */
const MAX_ROUNDS = 3;
/** Roles and numbers that a plan asks for may lead to more; no plan needs more than a few questions. */
const MAX_QUESTIONS = 5;
/** Writes of one run. What is more has to wait, longer each time: a loop of ours, or with another bot, must not run free. */
const MAX_WRITES = 100;
/** When to look again after a write, and when the last write does not show yet (ms). */
const AFTER_WRITE = 15_000;
const WHILE_OLD = 5_000;

/** Makes the reconcile of one repository. It remembers only its own last writes, and what GitHub refused. */
export function createReconcile(key: RepositoryKey, parts: ReconcileParts): Reconcile {
  const ownWrites = createOwnWrites(parts.digest);
  const bestEffort = createBestEffort();
  const refusals = createRefusals();
  const now = () => parts.clock.now();
  return async (clicks = []) => {
    let waiting = clicks;
    refusals.beginRun();
    let written = 0;
    let keepComments = false;
    for (let round = 1; ; round += 1) {
      const past = { refusals: refusals.known(), refused: refusals.inThisRun(), keepComments };
      const planned = await planWhole({ ...parts, ...past, clicks: waiting });
      const { homes, rest, openWork, lookAt } = planned;
      const forgot = refusals.keep(planned.refusals);
      const ending = {
        lookAt,
        openWork,
        lowRateLimit: parts.reader.lowRateLimit(),
        clicks: planned.clicksLeft,
      };
      const due = bestEffort.untried(homes.length > 0 ? homes : rest, now());
      const actions = due.flatMap((group) => group.actions);
      if (homes.length === 0 && (refusals.forgetPast(actions) || forgot)) continue;
      if (actions.length === 0) return { ...again(written > 0), ...ending };
      if (isOld(actions, ownWrites, parts)) return { again: WHILE_OLD, ...ending, clicks: waiting };
      const left = MAX_WRITES - written;
      const { done, failures } = await apply(affordable(due, left), { ...parts, ownWrites });
      for (const action of done) bestEffort.remember(action, now());
      waiting = planned.clicksLeft;
      refusals.note(failures, planned.landing, homes.length > 0 ? null : now());
      refusals.noteAsked(done);
      written += done.length;
      parts.log.info('Reconciled', { ...key, round, done: done.map(describe), failed: failures.length });
      stopAt(failures, actions.length > left);
      keepComments = homes.length === 0;
      const isMore = homes.length > 0 || refusals.inThisRun().size > 0 || done.some(asksForMore);
      if (round >= MAX_ROUNDS || !isMore) return { ...again(written > 0), ...ending };
    }
  };
}

/** Ends the run by an error that the queue waits out: GitHub failed in passing, or the run has written enough. */
function stopAt(failures: readonly Failure[], isOverBudget: boolean): void {
  const transient = failures.find(({ error }) => error.kind !== 'terminal');
  if (transient !== undefined) throw transient.error;
  if (isOverBudget) throw new AppError('transient', `one run writes no more than ${MAX_WRITES} times`);
}

function again(wrote: boolean): { readonly again?: number } {
  return wrote ? { again: AFTER_WRITE } : {};
}

/** The plan and what it says it would do, without doing it. */
export async function dryRun(parts: ReconcileParts): Promise<readonly string[]> {
  const { homes, rest } = await planWhole({
    ...parts,
    refusals: [],
    refused: new Set(),
    keepComments: false,
  });
  return [...homes, ...rest].flatMap((group) =>
    group.actions.map((action) => `${group.about}: ${describe(action)}`),
  );
}

type PlanParts = ReconcileParts &
  Pick<PlanInput, 'refusals' | 'refused' | 'clicks'> & { readonly keepComments: boolean };

/** Reads a snapshot and plans on it, asking GitHub for the roles and numbers that the plan finds missing. */
async function planWhole(parts: PlanParts): Promise<Plan> {
  let snapshot = await parts.reader.read({ keepComments: parts.keepComments });
  const { config, repository } = snapshot;
  if (config.kind === 'unreadable') {
    const { why } = config;
    parts.log.warn('The configuration cannot be read: nothing is planned', {
      repository: repository.name,
      why,
    });
  }
  for (let question = 0; ; question += 1) {
    const planned = planOn(snapshot, parts);
    const { askRoles, askNumbers, askSaid } = planned;
    const isAnswered = [askRoles, askNumbers, askSaid].every(({ length }) => length === 0);
    if (isAnswered || question === MAX_QUESTIONS) return planned;
    if (askRoles.length > 0) snapshot = await parts.reader.readRoles(snapshot, askRoles);
    if (askNumbers.length > 0) snapshot = await parts.reader.readNamed(snapshot, askNumbers);
    if (askSaid.length > 0) snapshot = await parts.reader.readSaid(snapshot, askSaid);
  }
}

function planOn(snapshot: Snapshot, parts: PlanParts): Plan {
  const { clock, digest, appVersion, refusals, refused, clicks = [] } = parts;
  return plan({ snapshot, now: clock.now(), digest, appVersion, refusals, refused, clicks });
}

function isOld(actions: readonly Action[], ownWrites: OwnWrites, { clock, log }: ReconcileParts): boolean {
  const old = ownWrites.anyRepeated(actions, clock.now());
  if (old) log.debug('GitHub does not show the last write yet', {});
  return old;
}

/** What changes the picture so that more may be due: not the writes that only tell or show something. */
function asksForMore(action: Action): boolean {
  switch (action.kind) {
    case 'publish gates':
    case 'ensure label':
    case 'comment':
    case 'react':
    case 'assign':
    case 'pin':
    case 'unpin':
    case 'update tracker':
      return false;
    default:
      return true;
  }
}
