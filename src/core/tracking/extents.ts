/** What gives way where the body of the tracking issue would be too long, and in which order. */
import type { GraphDetail } from './dependencies.js';
import type { DetailsShown } from './details.js';

/** How much of each section is shown. */
export interface Extent {
  readonly details: DetailsShown;
  /** Whether the timeline has its chart. */
  readonly chart: boolean;
  /** Whether the batch configuration is shown, if anybody starts anything by it. */
  readonly batch: boolean;
  /** Whether what is long and least read is shown: commands of each subagent, risks, notes. */
  readonly extras: boolean;
  readonly mergedRows: boolean;
  readonly graph: GraphDetail;
  readonly needs: number;
  /** Characters of each list of items; null for all of it. */
  readonly items: number | null;
}

const ALL: Extent = {
  details: 'all',
  chart: true,
  batch: true,
  extras: true,
  mergedRows: true,
  graph: 'all',
  needs: 30,
  items: null,
};

const SHORT = { details: 'none', chart: false } as const;
const BARE = { batch: false, extras: false } as const;

/**
 * The first that fits is shown. Each is shorter than the one before it: the batch configuration gives way to the details of
 * those who work, and takes their place where they have to go themselves.
 */
export const EXTENTS: readonly Extent[] = [
  ALL,
  { ...ALL, details: 'not merged' },
  { ...ALL, details: 'not merged', chart: false },
  { ...ALL, details: 'not merged', chart: false, batch: false },
  { ...ALL, ...SHORT },
  { ...ALL, ...SHORT, batch: false },
  { ...ALL, ...SHORT, ...BARE },
  { ...ALL, ...SHORT, ...BARE, mergedRows: false },
  { ...ALL, ...SHORT, ...BARE, mergedRows: false, graph: 'open' },
  { ...ALL, ...SHORT, ...BARE, mergedRows: false, graph: 'none' },
];

/**
 * Where none of them fits; rows of the table give way as well then. Each list of items has room for all fifty, of 200
 * characters that need no escaping.
 */
export const LEAST: Extent = {
  ...SHORT,
  ...BARE,
  mergedRows: false,
  graph: 'none',
  needs: 8,
  items: 12_000,
};
