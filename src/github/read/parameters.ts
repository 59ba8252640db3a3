import { controlLabels } from '../../core/names/labels.js';
import type { Settings } from '../../core/settings/schema.js';

/** What the core query asks for, as far as the settings file and the default branch decide it. */
export interface Parameters {
  readonly settings: Settings;
  readonly defaultBranch: string;
}

/** The branch that deployments land on. */
export function baseBranch({ settings, defaultBranch }: Parameters): string {
  return settings.base ?? defaultBranch;
}

/** The variables of the core that depend on the settings. Equal variables ask for the same. */
export function settingsVariables(parameters: Parameters) {
  const { settings } = parameters;
  const base = baseBranch(parameters);
  const files = settings.references.map((path, index) => [`file${index}`, `refs/heads/${base}:${path}`]);
  return {
    base: `refs/heads/${base}`,
    branch: base,
    deploy: [settings.labels.deploy],
    deployName: settings.labels.deploy,
    tracking: [controlLabels(settings).tracking.name],
    refs: `refs/heads/${folderOf(settings.branch)}`,
    ...(Object.fromEntries(files) as Readonly<Record<string, string>>),
  };
}

/** The folder of all branches of a template: what is before the last slash that is before the number. */
function folderOf(template: string): string {
  const before = template.split('{number}')[0] ?? '';
  return before.slice(0, before.lastIndexOf('/') + 1);
}
