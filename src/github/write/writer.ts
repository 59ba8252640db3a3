import { type AppError, asAppError } from '../../app/errors.js';
import type { Outcome, Writer } from '../../app/ports.js';
import type { Action, Provision } from '../../core/actions/action.js';
import type { Digest } from '../../core/names/labels.js';
import type { Known } from '../known.js';
import type { Transport } from '../transport.js';
import { beforeProvisioning } from './before-provisioning.js';
import { comment } from './comments.js';
import { type WriteContext, createContext } from './context.js';
import { removeTaskFile, writeTask } from './files.js';
import { addDependency, closeIssue, react, removeDependency } from './issues.js';
import { addLabel, ensureLabel, removeLabel } from './labels.js';
import { merge, updateBranch } from './landing.js';
import type { TogetherAction } from './part.js';
import { provision } from './provision.js';
import { closePull, markReady, openPull, retarget } from './pulls.js';
import { dequeue, enqueue } from './queue.js';
import { deleteBranch, fastForward, moveBranch } from './refs.js';
import { writeTogether } from './together.js';
import { createTracker, updateTracker } from './tracker.js';

/** Carries out actions on one repository, `owner/name`. `digest` is hexadecimal SHA-256. */
export function createWriter(options: {
  readonly transport: Transport;
  readonly repository: string;
  readonly digest: Digest;
  /** What the reader of the same repository has learned. */
  readonly known?: Known;
}): Writer {
  const context = createContext(options);

  async function batch(actions: readonly Action[]): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const group of groupsOf(actions)) {
      const limit = outcomes.find(({ error }) => error?.options.retryAfter !== undefined)?.error;
      // Asking on while a limit is used up makes GitHub wait longer.
      outcomes.push(...(limit ? group.actions.map(failed(limit)) : await writeGroup(context, group)));
    }
    return outcomes;
  }

  return {
    batch,
    async write(action) {
      const [outcome] = await batch([action]);
      if (outcome?.error) throw outcome.error;
    },
  };
}

type SingleAction = Exclude<Action, TogetherAction | Provision>;

/** Neighbours in a batch that share requests. */
type Group =
  | { readonly kind: 'together'; readonly actions: TogetherAction[] }
  | { readonly kind: 'provisions'; readonly actions: Provision[] }
  | { readonly kind: 'single'; readonly actions: readonly [SingleAction] };

function groupsOf(actions: readonly Action[]): readonly Group[] {
  const groups: Group[] = [];
  for (const action of actions) {
    const last = groups.at(-1);
    switch (action.kind) {
      case 'publish gates':
      case 'assign':
      case 'pin':
      case 'unpin':
        if (last?.kind === 'together') last.actions.push(action);
        else groups.push({ kind: 'together', actions: [action] });
        break;
      case 'provision':
        if (last?.kind === 'provisions') last.actions.push(action);
        else groups.push({ kind: 'provisions', actions: [action] });
        break;
      default:
        groups.push({ kind: 'single', actions: [action] });
    }
  }
  return groups;
}

async function writeGroup(context: WriteContext, group: Group): Promise<readonly Outcome[]> {
  switch (group.kind) {
    case 'together':
      return writeTogether(context, group.actions);
    case 'provisions':
      return writeProvisions(context, group.actions);
    case 'single': {
      const [action] = group.actions;
      return [await outcomeOf(action, () => writeSingle(context, action))];
    }
  }
}

async function writeProvisions(
  context: WriteContext,
  actions: readonly Provision[],
): Promise<readonly Outcome[]> {
  let stopped: ReadonlyMap<Provision, AppError>;
  try {
    stopped = await beforeProvisioning(context, actions);
  } catch (error) {
    return actions.map(failed(asAppError(error)));
  }
  const outcomes: Outcome[] = [];
  for (const action of actions) {
    const reason = stopped.get(action);
    outcomes.push(
      reason ? failed(reason)(action) : await outcomeOf(action, () => provision(context, action)),
    );
  }
  return outcomes;
}

/** Gives a note, or nothing. */
async function writeSingle(context: WriteContext, action: SingleAction): Promise<string | void> {
  switch (action.kind) {
    case 'create tracker': {
      const present = await createTracker(context, action);
      return present === null ? undefined : `the tracking issue is there already: #${present}`;
    }
    case 'update tracker':
      return updateTracker(context, action);
    case 'ensure label':
      return ensureLabel(context, action.label);
    case 'add label':
      return addLabel(context, action.number, action.label);
    case 'remove label':
      return removeLabel(context, action.number, action.label);
    case 'comment':
      return comment(context, action);
    case 'react':
      return react(context, action);
    case 'add dependency':
      return addDependency(context, action);
    case 'remove dependency':
      return removeDependency(context, action);
    case 'write task':
      return writeTask(context, action);
    case 'remove task file':
      return removeTaskFile(context, action);
    case 'move branch':
      return moveBranch(context, action);
    case 'open pull':
      return openPull(context, action.pull);
    case 'mark ready':
      return markReady(context, action);
    case 'close pull':
      return closePull(context, action);
    case 'retarget':
      return retarget(context, action);
    case 'close issue':
      return closeIssue(context, action);
    case 'update branch':
      return updateBranch(context, action);
    case 'fast-forward':
      return fastForward(context, action);
    case 'merge':
      return merge(context, action);
    case 'enqueue':
      return enqueue(context, action);
    case 'dequeue':
      return dequeue(context, action);
    case 'delete branch':
      return deleteBranch(context, action);
  }
}

async function outcomeOf(action: Action, write: () => Promise<string | void>): Promise<Outcome> {
  try {
    const note = await write();
    return { action, error: null, notes: note === undefined ? [] : [note] };
  } catch (error) {
    return failed(asAppError(error))(action);
  }
}

function failed(error: AppError): (action: Action) => Outcome {
  return (action) => ({ action, error, notes: [] });
}
