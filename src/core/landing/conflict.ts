import { type Pull, type Readable, read, unreadable } from '../model/index.js';
import type { ConflictReason } from '../reasons/reason.js';

/**
 * That a pull request conflicts with its base, with the files that both sides change; null if it is not known to. While
 * GitHub works that out anew, as after every push to the base, what was known of the same head holds.
 */
export function conflictOf({ detail }: Pull): ConflictReason | null {
  if (detail.kind === 'unreadable') return null;
  const { mergeable, files, conflict } = detail.value;
  const isKnown = mergeable === 'conflicting' || (mergeable === 'unknown' && conflict !== undefined);
  if (!isKnown) return null;
  return { kind: 'conflict', files: onBothSides(files, conflict?.changedOnBase) };
}

/** Where either side cannot be read nothing is guessed. */
function onBothSides(
  own: Readable<readonly string[]>,
  base: Readable<readonly string[]> = unreadable('it was not asked'),
): Readable<readonly string[]> {
  if (own.kind === 'unreadable') return own;
  if (base.kind === 'unreadable') return base;
  const changed = new Set(base.value);
  return read(own.value.filter((path) => changed.has(path)).toSorted());
}
