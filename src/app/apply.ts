import type { Action } from '../core/actions/action.js';
import { describe } from '../core/actions/describe.js';
import { refusedByGitHub } from '../core/plan/commands.js';
import type { Group } from '../core/plan/group.js';
import { type AppError, asAppError } from './errors.js';
import type { OwnWrites } from './own-writes.js';
import type { Clock, Log, Writer } from './ports.js';

export interface ApplyParts {
  readonly writer: Writer;
  readonly ownWrites: OwnWrites;
  readonly clock: Clock;
  readonly log: Log;
}

/** What became of the groups of a plan. */
export interface Applied {
  /** Actions that were carried out. */
  readonly done: readonly Action[];
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly about: string;
  readonly action: Action;
  readonly error: AppError;
  /** True if the author of the command was told. */
  readonly told: boolean;
}

/** Carries out groups in their order. A failing action ends its group; the others go on. Never throws an AppError. */
export async function apply(groups: readonly Group[], parts: ApplyParts): Promise<Applied> {
  const done: Action[] = [];
  const failures: Failure[] = [];
  for (const group of groups) {
    const applied = group.together ? await applyTogether(group, parts) : await applyInOrder(group, parts);
    done.push(...applied.done);
    failures.push(...applied.failures);
  }
  for (const { about, action, error } of failures) {
    const details = { about, action: describe(action), kind: error.kind, error: error.message };
    if (error.kind === 'bug')
      parts.log.error('An action failed for a reason nobody foresaw', { ...details, err: error });
    else parts.log.warn('An action failed', details);
  }
  return { done, failures };
}

async function applyTogether({ about, actions }: Group, parts: ApplyParts): Promise<Applied> {
  const done: Action[] = [];
  const failures: Failure[] = [];
  for (const { action, error, notes } of await parts.writer.batch(actions)) {
    for (const note of notes) parts.log.info('GitHub did it otherwise', { about, note });
    if (error === null) done.push(remembered(action, parts));
    else failures.push({ about, action, error, told: false });
  }
  return { done, failures };
}

async function applyInOrder(group: Group, parts: ApplyParts): Promise<Applied> {
  const done: Action[] = [];
  for (const action of group.actions) {
    try {
      await parts.writer.write(action);
    } catch (thrown) {
      const error = asAppError(thrown);
      const told = error.kind === 'terminal' ? await tell(group, action, error, parts) : [];
      const failure = {
        about: group.about,
        action,
        error,
        told: told.some(({ kind }) => kind === 'comment'),
      };
      return { done: [...done, ...told], failures: [failure] };
    }
    done.push(remembered(action, parts));
  }
  return { done, failures: [] };
}

/**
 * Tells the author of a command what GitHub said to it. Where GitHub takes no reply, the reaction alone ends the comment,
 * so that it is not tried for ever.
 */
async function tell(
  group: Group,
  action: Action,
  error: AppError,
  parts: ApplyParts,
): Promise<readonly Action[]> {
  if (group.comment === null) return [];
  const answer = refusedByGitHub(group.comment, describe(action), error.message);
  const done: Action[] = [];
  for (const each of answer) {
    const applied = await applyInOrder({ ...group, actions: [each], comment: null }, parts);
    if (applied.failures.some((failure) => failure.error.kind !== 'terminal')) break;
    done.push(...applied.done);
  }
  return done;
}

function remembered(action: Action, { ownWrites, clock }: ApplyParts): Action {
  ownWrites.remember(action, clock.now());
  return action;
}
