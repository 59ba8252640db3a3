import type { QueueOptions } from './options.js';

/**
 * Milliseconds to wait after the `failures`-th failure in a row (from 1). Between half and the whole of a doubling
 * wait that has a longest value, so that repositories that failed together do not come back together.
 * `random` is in [0, 1). `retryAfter` (ms), where the server gave one, is never undercut.
 */
export function backOff(
  failures: number,
  random: number,
  { firstBackOff, longestBackOff }: Pick<QueueOptions, 'firstBackOff' | 'longestBackOff'>,
  retryAfter = 0,
): number {
  const whole = Math.min(longestBackOff, firstBackOff * 2 ** (failures - 1));
  return Math.max(retryAfter, Math.round(whole * (0.5 + random / 2)));
}
