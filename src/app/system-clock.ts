import type { Clock } from './ports.js';

/** Node runs a longer timer at once. https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** The real clock. Times that are past are run as soon as possible, never within the call. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    at(time, task) {
      let timeout: NodeJS.Timeout;
      function arm(): void {
        timeout = setTimeout(ring, Math.min(Math.max(0, time - Date.now()), LONGEST_TIMEOUT));
      }
      function ring(): void {
        if (Date.now() < time) arm();
        else task();
      }
      arm();
      return () => clearTimeout(timeout);
    },
  };
}
