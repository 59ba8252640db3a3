/** Something that can be at work: the bot's queue, the webhook deliveries, requests being answered. */
export interface Worker {
  /** One line for each thing under way, to tell a person what settling waits for. */
  busy(): readonly string[];
  /** When its next own work falls due (ms on the sandbox's clock), if it is not a timer of the clock. */
  runs?(): number;
}

export interface Activity {
  /** Counts `work` as under way, described by `what`, until its promise ends. */
  track<T>(what: string, work: () => Promise<T>): Promise<T>;
  add(worker: Worker): void;
  busy(): readonly string[];
  /** How many times the workers have run since they were made (the bot's reconciles). */
  runs(): number;
  /** Resolves when nothing is under way, or rejects after `limit` real milliseconds naming what is. */
  idle(limit?: number): Promise<void>;
}

/** Thrown when the sandbox is still at work after the time allowed. */
export class StillBusyError extends Error {
  constructor(readonly waitingFor: readonly string[]) {
    super(`still busy: ${waitingFor.join('; ')}`);
  }
}

const POLL = 2;

/** Keeps account of what is under way in one sandbox. */
export function createActivity(): Activity {
  const underWay = new Map<symbol, string>();
  const workers: Worker[] = [];
  const busy = () => [...underWay.values(), ...workers.flatMap((worker) => worker.busy())];

  return {
    async track(what, work) {
      const key = Symbol(what);
      underWay.set(key, what);
      try {
        return await work();
      } finally {
        underWay.delete(key);
      }
    },
    add: (worker) => void workers.push(worker),
    busy,
    runs: () => workers.reduce((sum, worker) => sum + (worker.runs?.() ?? 0), 0),
    async idle(limit = 30_000) {
      const deadline = performance.now() + limit;
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, POLL));
        const waiting = busy();
        if (waiting.length === 0) return;
        if (performance.now() > deadline) throw new StillBusyError(waiting);
      }
    },
  };
}
