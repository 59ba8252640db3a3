import type { Action } from '../core/actions/action.js';
import type { Time } from '../core/model/index.js';
import type { Group } from '../core/plan/group.js';

/** What GitHub left undone is not tried again for so long (ms). */
const AGAIN_AFTER = 24 * 3_600_000;

/**
 * Remembers what GitHub may leave undone without an error: it assigns only who may be, and pins only three issues. Asked
 * again at every look, such a write would never end.
 */
export interface BestEffort {
  /** The groups without what was tried not long ago. */
  untried(groups: readonly Group[], now: Time): readonly Group[];
  remember(action: Action, now: Time): void;
}

export function createBestEffort(): BestEffort {
  const tried = new Map<string, Time>();
  const isTried = (key: string, now: Time) => now - (tried.get(key) ?? -Infinity) < AGAIN_AFTER;

  function untriedOf(action: Action, now: Time): readonly Action[] {
    switch (action.kind) {
      case 'assign': {
        const pulls = action.pulls.filter((pull) => !isTried(assignment(pull), now));
        return pulls.length === 0 ? [] : [{ ...action, pulls }];
      }
      case 'pin':
        return isTried(pin(action), now) ? [] : [action];
      default:
        return [action];
    }
  }

  return {
    untried: (groups, now) =>
      groups
        .map((group) => ({ ...group, actions: group.actions.flatMap((action) => untriedOf(action, now)) }))
        .filter(({ actions }) => actions.length > 0),
    remember(action, now) {
      if (action.kind === 'pin') tried.set(pin(action), now);
      if (action.kind === 'assign') for (const pull of action.pulls) tried.set(assignment(pull), now);
    },
  };
}

function assignment({ number, login }: { readonly number: number; readonly login: string }): string {
  return `${login} to ${number}`;
}

function pin({ number }: { readonly number: number }): string {
  return `pin ${number}`;
}
