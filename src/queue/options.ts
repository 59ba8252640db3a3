/** Distances and limits of the queue; times in milliseconds. */
export interface QueueOptions {
  /** From the first hint to the run, so that what people do together meets one snapshot. */
  readonly debounce: number;
  /** From the end of a run to the next one of the same repository. */
  readonly spacing: number;
  /** The same while less than 20 % of the rate limit is left. */
  readonly lowSpacing: number;
  /** How many repositories run at once. */
  readonly concurrency: number;
  /** The first wait after a failed run; it doubles with each further one, up to the longest. */
  readonly firstBackOff: number;
  readonly longestBackOff: number;
  /** How long a click is kept: who has seen nothing happen for this long clicks again, or wants it no more. */
  readonly clickLife: number;
}

export const QUEUE_DEFAULTS: QueueOptions = {
  debounce: 250,
  spacing: 10_000,
  lowSpacing: 60_000,
  concurrency: 4,
  firstBackOff: 5_000,
  longestBackOff: 600_000,
  clickLife: 600_000,
};
