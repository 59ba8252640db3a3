import type {
  Comment,
  HeadConfig,
  History,
  Closing,
  KnownRole,
  Named,
  PullDetail,
  Readable,
  Commit,
  Time,
  ToldSince,
} from '../../core/model/index.js';
import type { Parameters } from './parameters.js';

/**
 * What one process remembers of one repository, by keys that never change meaning. Losing it costs questions, nothing
 * else.
 */
export interface Memory {
  readonly start: Time;
  parameters: Parameters | null;
  /** Whether the last core found less than a fifth of the rate limit left. */
  lowRateLimit: boolean;
  /** Entries of a page of the core; halved when that was too much for GitHub. */
  size: number;
  readonly histories: Memo<History>;
  /** When a read first met dependencies that this process had written, by the number: GitHub moves no time for that. */
  readonly rewritten: Map<number, Time>;
  readonly closings: Memo<Closing | null>;
  readonly details: Memo<Omit<PullDetail, 'pushedAt'>>;
  readonly changedOnBase: Memo<readonly string[]>;
  readonly toldOfConflict: Memo<boolean>;
  readonly branches: Memo<readonly Commit[]>;
  readonly closedPulls: Memo<boolean>;
  readonly tasks: Memo<string>;
  /** The settings files of pull requests, by their heads. */
  readonly headConfigs: Memo<HeadConfig>;
  readonly named: Map<number, Named>;
  /** Numbers that name nothing, and when that was asked: one may be given to an issue later. */
  readonly unnamed: Map<number, Time>;
  /** Earlier valid versions of the settings file, by the invalid one's object name. */
  readonly validConfigs: Memo<string | null>;
  /** Since when the settings tell whom what, by the object name of their file. */
  readonly toldSince: Memo<ToldSince>;
  /** Node ids of members without the label, by number. */
  readonly unlabelled: Map<number, string>;
  trackers: readonly string[];
  readonly comments: CommentMemory;
  readonly roles: Map<string, KnownRole>;
}

export interface CommentMemory {
  /** The tracking issue for which `since` was chosen; undefined before the first read. */
  tracker: string | null | undefined;
  since: string;
  etag: string | undefined;
  /** `updated_at` of every comment that was listed, by id. */
  readonly seen: Map<number, string>;
  /** Those that may hold commands. */
  readonly candidates: Map<number, Candidate>;
  readonly answered: Map<number, { readonly updatedAt: string; readonly comment: Comment }>;
}

/** A comment with a line that begins like a command. */
export interface Candidate {
  readonly id: number;
  readonly nodeId: string;
  readonly number: number;
  readonly updatedAt: string;
}

/**
 * Values by the id of an object, each of which holds as long as the object's key stays the same, and no longer than
 * `until` where that is given. Where nothing is kept for a time only, `now` does not matter.
 */
export interface Memo<T> {
  get(id: string, key: string, now?: Time): Readable<T> | undefined;
  set(id: string, key: string, value: Readable<T>, until?: Time): void;
  /** Forgets every object that is not among these. */
  keep(ids: readonly string[]): void;
}

export function createMemo<T>(): Memo<T> {
  const entries = new Map<
    string,
    { readonly key: string; readonly value: Readable<T>; readonly until: Time }
  >();
  return {
    get(id, key, now = 0) {
      const entry = entries.get(id);
      return entry?.key === key && now < entry.until ? entry.value : undefined;
    },
    set: (id, key, value, until = Infinity) => void entries.set(id, { key, value, until }),
    keep(ids) {
      const wanted = new Set(ids);
      for (const id of entries.keys()) if (!wanted.has(id)) entries.delete(id);
    },
  };
}

const FIRST_SIZE = 50;

export function createMemory(start: Time): Memory {
  return {
    start,
    parameters: null,
    lowRateLimit: false,
    size: FIRST_SIZE,
    histories: createMemo(),
    rewritten: new Map(),
    closings: createMemo(),
    details: createMemo(),
    changedOnBase: createMemo(),
    toldOfConflict: createMemo(),
    branches: createMemo(),
    closedPulls: createMemo(),
    tasks: createMemo(),
    headConfigs: createMemo(),
    named: new Map(),
    unnamed: new Map(),
    validConfigs: createMemo(),
    toldSince: createMemo(),
    unlabelled: new Map(),
    trackers: [],
    comments: {
      tracker: undefined,
      since: '',
      etag: undefined,
      seen: new Map(),
      candidates: new Map(),
      answered: new Map(),
    },
    roles: new Map(),
  };
}

/** An object whose value may be remembered. */
export interface Keyed {
  readonly id: string;
  readonly key: string;
  /** When it last changed, where its key says that only to the second. */
  readonly updatedAt?: Time;
}

/** GitHub's times have whole seconds and reads may lag: what changed just now may have changed again unseen. */
const QUIET = 5000;

/**
 * The values of objects: from memory where the key is the same, else as asked for now. Only what could be read is
 * remembered, and only of objects that have been quiet for some seconds.
 *
 * @param lasts how long a value may be remembered (ms): 0 for not at all, Infinity as long as the key is the same
 */
export async function remembered<Item extends Keyed, T>(
  memo: Memo<T>,
  items: readonly Item[],
  now: Time,
  askFor: (items: readonly Item[]) => Promise<ReadonlyMap<string, Readable<T>>>,
  lasts: (value: T, item: Item) => number = () => Infinity,
): Promise<ReadonlyMap<string, Readable<T>>> {
  memo.keep(items.map(({ id }) => id));
  const values = new Map<string, Readable<T>>();
  const missing: Item[] = [];
  for (const item of items) {
    const value = memo.get(item.id, item.key, now);
    if (value === undefined) missing.push(item);
    else values.set(item.id, value);
  }
  const asked = missing.length === 0 ? new Map<string, Readable<T>>() : await askFor(missing);
  for (const item of missing) {
    const value = asked.get(item.id);
    if (value === undefined) continue;
    values.set(item.id, value);
    const quiet = item.updatedAt === undefined || now - item.updatedAt >= QUIET;
    const time = quiet && value.kind === 'read' ? lasts(value.value, item) : 0;
    if (time > 0) memo.set(item.id, item.key, value, now + time);
  }
  return values;
}
