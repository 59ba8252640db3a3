import type { Settings } from './schema.js';

/** The check run on pull requests that change the settings file. */
export const CONFIG_CHECK = 'subagents-config';

/** Whether a check is the app's own, by its name, which is reserved: its reasons are known, so none of them counts as a check on the work. */
export function isOwnCheck(name: string, settings: Pick<Settings, 'gate'>): boolean {
  return name === settings.gate.name || name === CONFIG_CHECK;
}
