import { installVerdict } from '../gate/install.js';
import { valueOr } from '../model/index.js';
import { controlLabels } from '../names/labels.js';
import type { View } from '../view/view.js';
import { gateWrite } from './gates.js';
import { type Group, group } from './group.js';

/**
 * What every repository gets, whether it wants anything of the app or not: a success of the gate, so that the check can
 * be chosen as required, and the deploy label, so that it can be found.
 */
export function planInstall(view: View): readonly Group[] {
  const { snapshot, config } = view;
  const label = controlLabels(config.settings).deploy;
  return [
    ...planSuccess(view),
    ...(snapshot.repository.hasDeployLabel ? [] : group('deploy label', [{ kind: 'ensure label', label }])),
  ];
}

/**
 * The success is published once. Without a state of its own the app tells a new installation by two signs: the deploy
 * label, which it makes right afterwards, is missing; or no commit of late has a check suite of the app, where GitHub
 * makes one for every push once the app is installed. So pushes to a repository that wants nothing bring no new one.
 */
function planSuccess(view: View): readonly Group[] {
  const { snapshot, config, digest } = view;
  const base = valueOr(snapshot.base, null);
  if (base === null || base.ownChecks.kind === 'unreadable') return [];
  const { name } = config.settings.gate;
  const isNew = !snapshot.repository.hasDeployLabel || !base.everChecked;
  const isRequired = valueOr(base.rules, null)?.requiredChecks.includes(name) === true;
  if (!isNew || isRequired || base.ownChecks.value.some((check) => check.name === name)) return [];
  const write = gateWrite(base.sha, base.ownChecks, installVerdict(name, base.branch, digest), view);
  return write === null ? [] : group('success at install', [{ kind: 'publish gates', name, gates: [write] }]);
}
