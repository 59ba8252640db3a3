import { commandSpan } from '../text/command.js';
import type { LeftQueueReason } from './reason.js';

/**
 * What GitHub's words for the end of a place in a merge queue mean. Its documentation does not list them; these were seen
 * in answers of its API.
 */
const MEANINGS: Readonly<Record<string, string>> = {
  failed_checks: 'its checks failed there',
  checks_timed_out: 'its checks took too long there',
  merge_conflict: 'it conflicts with what is before it there',
  branch_protections: 'it does not meet the rules of the base any more',
};

/** As `say` of words.ts. */
export function leftQueueText({ by, reason }: LeftQueueReason): string {
  if (reason === 'merged') return 'GitHub is merging it';
  if (by !== null) return `Taken out of the merge queue by ${by}`;
  if (reason === null) return 'Not in the merge queue any more, and GitHub does not say why';
  return `Left the merge queue: ${MEANINGS[reason] ?? reason.replaceAll('_', ' ')}`;
}

/** As `wayOut` of words.ts. */
export function leftQueueWays({ by, reason }: LeftQueueReason, prefix: string): readonly string[] {
  if (reason === 'merged') return ['Nothing to do: GitHub calls it merged in a moment.'];
  const again = `A person with write comments ${commandSpan(prefix, 'merge')} to have it put there once more as it is.`;
  return by !== null ? [again] : ['Mend what failed and push: a new head is put there again.', again];
}
