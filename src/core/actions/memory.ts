import type { Digest } from '../names/labels.js';
import type { Action, Blocking } from './action.js';

/**
 * What an action writes to, and what it writes there. A snapshot that asks for the very write that was just made does
 * not show it yet, and is not planned on. The last value of a slot counts, so going there and back is no repeat.
 */
export interface Mark {
  readonly slot: string;
  readonly value: string;
}

/**
 * The slots of an action, one for each thing that it writes. None for what GitHub may ignore in silence (assigning), for
 * what is looked for before it is written (comments, labels that are only made) and for what a snapshot does not show.
 */
export function marksOf(action: Action, digest: Digest): readonly Mark[] {
  const short = (text: string) => digest(text).slice(0, 16);
  switch (action.kind) {
    case 'publish gates':
      return action.gates.map(({ sha, verdict, again }) => ({
        slot: `check ${action.name} ${sha}`,
        value: again === undefined ? verdict.externalId : `${verdict.externalId} after ${again}`,
      }));
    case 'create tracker':
      return [{ slot: `tracker ${action.key}`, value: 'created' }];
    case 'provision':
      return [{ slot: `pull of ${action.task.branch}`, value: short(action.task.body) }];
    case 'add label':
      return [{ slot: `label ${action.number} ${action.label.name}`, value: `on ${action.cause}` }];
    case 'remove label':
      return [{ slot: `label ${action.number} ${action.label}`, value: `off ${action.cause}` }];
    case 'react':
      return [{ slot: `reaction ${action.comment}`, value: action.with }];
    case 'add dependency':
      return [{ slot: dependencySlot(action.number, action.blocking), value: `on ${action.cause}` }];
    case 'remove dependency':
      return [{ slot: dependencySlot(action.number, action.blocking), value: `off ${action.cause}` }];
    case 'write task':
      return [{ slot: `task of ${action.task.branch}`, value: short(action.task.body) }];
    case 'move branch':
      return [{ slot: `branch ${action.branch}`, value: action.to }];
    case 'open pull':
      return [{ slot: `pull of ${action.pull.head}`, value: 'opened' }];
    case 'mark ready':
      return [{ slot: `draft ${action.pull.number}`, value: 'ready' }];
    case 'remove task file':
      return [{ slot: `task file ${action.branch}`, value: action.expectedHead }];
    case 'close pull':
      return [{ slot: `pull ${action.pull.number}`, value: short(`closed ${action.body ?? ''}`) }];
    case 'close issue':
      return [{ slot: `issue ${action.number}`, value: 'closed' }];
    case 'ensure label':
    case 'comment':
    case 'assign':
    case 'pin':
    case 'unpin':
      return [];
    case 'update tracker':
      return [
        {
          slot: `tracker ${action.number}`,
          value: short(`${action.state}\n${action.title}\n${action.body}`),
        },
      ];
    case 'update branch':
      return [{ slot: `update ${action.pull.number}`, value: action.expectedHead }];
    case 'fast-forward':
      return [{ slot: `base ${action.branch}`, value: action.after }];
    case 'merge':
      return [{ slot: `merge ${action.pull.number}`, value: action.head }];
    case 'enqueue':
      return [{ slot: `queue ${action.pull.number}`, value: `in ${action.head} ${action.after ?? ''}` }];
    case 'dequeue':
      return [{ slot: `queue ${action.pull.number}`, value: 'out' }];
    case 'retarget':
      return [{ slot: `base of ${action.pull.number}`, value: action.base }];
    case 'delete branch':
      return [{ slot: `branch ${action.branch}`, value: 'deleted' }];
  }
}

function dependencySlot(number: number, { databaseId }: Blocking): string {
  return `dependency ${number} ${databaseId}`;
}

/** True for what must never rest on a snapshot of which a part is missing. */
export function needsWholeSnapshot(action: Action): boolean {
  switch (action.kind) {
    case 'create tracker':
    case 'close pull':
    case 'close issue':
    case 'delete branch':
    case 'unpin':
    case 'remove label':
    case 'remove dependency':
    case 'fast-forward':
    case 'merge':
    case 'enqueue':
    case 'retarget':
    case 'update branch':
      return true;
    case 'update tracker':
      return action.state === 'closed';
    default:
      return false;
  }
}
