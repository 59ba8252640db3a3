import { configVerdict } from '../gate/config-verdict.js';
import { CONFIG_CHECK } from '../settings/config-check.js';
import type { View } from '../view/view.js';
import { gateWrite } from './gates.js';
import { type Group, together } from './group.js';
import { openHeads } from './head-verdict.js';

/**
 * The check on every open pull request that changes the settings file, whether the app is wanted otherwise or not: an
 * error is best seen before it is merged, and an invalid file is mended by a pull request.
 */
export function planConfigChecks(view: View): readonly Group[] {
  const { headConfigs } = view.snapshot;
  if (Object.keys(headConfigs).length === 0) return [];
  const gates = openHeads(view).flatMap(({ sha, checks }) => {
    const config = headConfigs[sha];
    if (config?.kind !== 'read') return [];
    return gateWrite(sha, checks, configVerdict(config.value, view.digest), view, CONFIG_CHECK) ?? [];
  });
  return gates.length === 0
    ? []
    : together('check of the configuration', [{ kind: 'publish gates', name: CONFIG_CHECK, gates }]);
}
