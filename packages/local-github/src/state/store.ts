import { enableMapSet, produce, setAutoFreeze, type Draft } from 'immer';

import { type Id, type State, emptyState } from './model.js';

enableMapSet();
setAutoFreeze(true);

export interface Transaction {
  readonly state: Draft<State>;
  /** A number that no row has yet. */
  newId(): Id;
}

export interface Store {
  /** The newest version. */
  readonly state: State;
  /** The number of the last effect; 0 before the first. */
  readonly effect: number;
  /** The state as it was `lag` effects ago, or the oldest that is kept. */
  past(lag: number): State;
  /**
   * Runs `change` on a draft and makes the result the newest version, with the next effect number. A change that changes
   * nothing has no number, unless `counts` says so after it; one that throws leaves the state as it was.
   */
  transact<Result>(
    change: (transaction: Transaction) => Result,
    counts?: () => boolean,
  ): { result: Result; effect: number | null };
  /** Replaces the state without making an effect: for seeding, before anybody looks. */
  seed(change: (transaction: Transaction) => void): void;
}

/** How many past versions are kept for reads that lag. */
const KEPT = 200;

/** Makes an empty store. */
export function createStore(): Store {
  const versions: State[] = [emptyState()];
  let effect = 0;
  const newest = () => versions.at(-1) ?? emptyState();

  function change<Result>(run: (transaction: Transaction) => Result): { next: State; result: Result } {
    let result: Result | undefined;
    const next = produce(newest(), (state) => {
      result = run({ state, newId: () => state.nextId++ });
    });
    return { next, result: result as Result };
  }

  return {
    get state() {
      return newest();
    },
    get effect() {
      return effect;
    },
    past: (lag) => versions[Math.max(0, versions.length - 1 - lag)] ?? newest(),
    transact(run, counts = () => false) {
      const { next, result } = change(run);
      if (next === newest() && !counts()) return { result, effect: null };
      versions.push(next);
      if (versions.length > KEPT) versions.shift();
      effect += 1;
      return { result, effect };
    },
    seed(run) {
      versions.splice(0, versions.length, change(run).next);
    },
  };
}
