import { setTimeout as sleep } from 'node:timers/promises';

import { type Person, type Repo } from './people.js';
import type { Payload } from './webhooks.js';

/** How long CI takes to notice a commit, and to test it (ms). */
const START_AFTER = 300;
const TESTS_TAKE = 700;

export interface Ci {
  hear(event: string, payload: Payload): void;
  /** How many commits were tested. */
  runs(): number;
  /** Waits until no commit is waiting for its tests; false if none was. */
  finish(): Promise<boolean>;
}

/** A CI that hears of each new commit by webhook, begins late, takes its time and reports the check `ci`. */
export function createCi(account: Person, repo: Repo): Ci {
  const tests = new Map<string, Promise<void>>();
  let running = 0;

  async function test(sha: string): Promise<void> {
    await sleep(START_AFTER);
    const { data: run } = await account.rest.checks.create({
      ...repo,
      name: 'ci',
      head_sha: sha,
      status: 'in_progress',
    });
    await sleep(TESTS_TAKE);
    await account.rest.checks.update({
      ...repo,
      check_run_id: run.id,
      status: 'completed',
      conclusion: 'success',
      output: { title: 'All tests pass', summary: 'Nothing to complain about.' },
    });
  }

  return {
    hear(event, { after, deleted }) {
      if (event !== 'push' || deleted === true || after === undefined || tests.has(after)) return;
      running += 1;
      const run = test(after).finally(() => (running -= 1));
      // What failed is thrown by `finish`.
      run.catch(() => undefined);
      tests.set(after, run);
    },
    runs: () => tests.size,
    async finish() {
      const waited = running > 0;
      const known = tests.size;
      await Promise.all(tests.values());
      return waited || tests.size > known;
    },
  };
}
