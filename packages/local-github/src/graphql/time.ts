import { unprocessable } from '../domain/errors.js';

/** True if `at` is at or after `since`, in whatever form of ISO 8601 that is given. Throws for what is no time. */
export function isSince(at: string, since: string): boolean {
  const from = Date.parse(since);
  if (Number.isNaN(from)) throw unprocessable(`${since} is not a valid DateTime.`);
  return Date.parse(at) >= from;
}
