import { SETTINGS_PATH } from '../names/settings-path.js';
import { codeSpan } from '../text/code.js';
import { formatMinute } from '../text/time.js';
import type { View } from '../view/view.js';
import { deployedAt } from './deployed-at.js';
import { fileLink } from './links.js';

/** When and how it was deployed, by which configuration and which version. */
export function renderFoot(view: View, appVersion: string): string {
  const at = deployedAt(view);
  const parts = [
    ...(at === null ? [] : [`Deployed ${formatMinute(at)}`]),
    'Strategy: individual pull requests per issue',
    configText(view),
    `Yardmaster ${codeSpan(appVersion)}`,
  ];
  return `---\n\n${parts.join(' · ')}`;
}

function configText({ snapshot }: View): string {
  const exists = snapshot.config.kind === 'read' && snapshot.config.value !== null;
  if (!exists) return `Configuration: the defaults, without a ${codeSpan(SETTINGS_PATH)}`;
  const { configFrom } = snapshot;
  if (configFrom !== null) return `Configuration: ${codeSpan(SETTINGS_PATH)} of ${codeSpan(configFrom)}`;
  return `Configuration: ${fileLink(SETTINGS_PATH, snapshot.repository.defaultBranch)}`;
}
