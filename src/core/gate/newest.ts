import { type OwnCheck, type Readable, valueOr } from '../model/index.js';
import type { Settings } from '../settings/schema.js';

/** The newest gate among the app's runs on a commit, newest first; null if there is none, or if they cannot be read. */
export function newestGate(checks: Readable<readonly OwnCheck[]>, { gate }: Settings): OwnCheck | null {
  return newestCheck(checks, gate.name);
}

/** As {@link newestGate}, of the runs of any name. */
export function newestCheck(checks: Readable<readonly OwnCheck[]>, wanted: string): OwnCheck | null {
  return valueOr(checks, []).find(({ name }) => name === wanted) ?? null;
}
