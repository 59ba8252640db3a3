import type { Snapshot } from '../model/index.js';
import { parseSettings } from '../settings/parse.js';
import { sayProblem } from '../settings/problems.js';
import { type Settings, defaultSettings } from '../settings/schema.js';

/**
 * Which settings hold.
 *
 * - `valid`: the file's, the owner's default where it has none, or the defaults of all keys.
 * - `outdated`: the file is invalid, and its last valid version stays in force; nothing new is deployed or landed.
 * - `broken`: the file is invalid and never was valid; gates of members fail.
 */
export type ConfigInForce =
  | { readonly kind: 'valid'; readonly settings: Settings }
  | { readonly kind: 'outdated' | 'broken'; readonly settings: Settings; readonly problem: string };

/** The settings of a snapshot; null where the file could not be read, which is not the same as having none. */
export function configInForce(snapshot: Snapshot): ConfigInForce | null {
  if (snapshot.config.kind === 'unreadable') return null;
  if (snapshot.config.value === null) return { kind: 'valid', settings: defaultSettings() };
  const result = parseSettings(snapshot.config.value);
  if (result.ok) return { kind: 'valid', settings: result.settings };
  const [first] = result.problems;
  const more = result.problems.length > 1 ? ` (and ${result.problems.length - 1} more)` : '';
  const where = snapshot.configFrom === null ? '' : `in ${snapshot.configFrom}, `;
  const problem = first === undefined ? 'it cannot be read' : `${where}${sayProblem(first)}${more}`;
  const last = snapshot.lastValidConfig === null ? null : parseSettings(snapshot.lastValidConfig);
  if (last?.ok === true) return { kind: 'outdated', settings: last.settings, problem };
  return { kind: 'broken', settings: defaultSettings(), problem };
}
