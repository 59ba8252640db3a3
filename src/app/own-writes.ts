import type { Action } from '../core/actions/action.js';
import { marksOf } from '../core/actions/memory.js';
import type { Time } from '../core/model/index.js';
import type { Digest } from '../core/names/labels.js';

/** How long a write of the app's own may take to show in GitHub's answers (ms). */
const REMEMBERED = 60_000;

/**
 * Remembers the app's own writes for a while. A snapshot that asks for the very same write again does not show it yet:
 * GitHub's reads may lag behind its writes.
 */
export interface OwnWrites {
  remember(action: Action, now: Time): void;
  /** True if one of these actions was carried out a moment ago: the snapshot they were planned on is old. */
  anyRepeated(actions: readonly Action[], now: Time): boolean;
}

export function createOwnWrites(digest: Digest): OwnWrites {
  const slots = new Map<string, { readonly value: string; readonly at: Time }>();
  return {
    remember(action, now) {
      for (const [slot, entry] of slots) if (now - entry.at >= REMEMBERED) slots.delete(slot);
      for (const { slot, value } of marksOf(action, digest)) slots.set(slot, { value, at: now });
    },
    anyRepeated(actions, now) {
      return actions.some((action) =>
        marksOf(action, digest).some(({ slot, value }) => {
          const entry = slots.get(slot);
          return entry !== undefined && entry.value === value && now - entry.at < REMEMBERED;
        }),
      );
    },
  };
}
