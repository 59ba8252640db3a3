import { AppError } from '../../app/errors.js';
import { type Readable, read } from '../../core/model/index.js';
import { SETTINGS_PATH } from '../../core/names/settings-path.js';
import type { SettingsFile } from '../../core/settings/holding.js';
import { parseSettings } from '../../core/settings/parse.js';
import { type Settings, defaultSettings } from '../../core/settings/schema.js';
import { CONFIG } from '../queries/core.js';
import { FILE_HISTORY } from '../queries/lookups.js';
import type { Transport } from '../transport.js';
import { ask } from './answer.js';
import type { Memory } from './memory.js';
import type { Parameters } from './parameters.js';
import { type RawConfigs, type RawFile, configOf, configVariables } from './config-file.js';
import { type Place, placeOf } from './place.js';

/** The name that GitHub gives to a first branch; for repositories without any. */
const FIRST_BRANCH = 'main';

/** Settings in force, and the text of the earlier version that they are from, if the present one is not valid. */
export interface InForce {
  readonly settings: Settings;
  readonly lastValid: string | null;
}

/** The settings of a file; of an unreadable one those that this process knew last. */
export async function settingsOf(
  transport: Transport,
  place: Place,
  file: Readable<SettingsFile | null>,
  memory: Memory,
): Promise<InForce> {
  const known = memory.parameters?.settings ?? defaultSettings();
  if (file.kind === 'unreadable') return { settings: known, lastValid: null };
  if (file.value === null) return { settings: defaultSettings(), lastValid: null };
  const parsed = parseSettings(file.value.text);
  if (parsed.ok) return { settings: parsed.settings, lastValid: null };
  const { oid, from } = file.value;
  const key = `${from} ${oid}`;
  const remembered = memory.validConfigs.get('config', key);
  const last =
    remembered?.kind === 'read'
      ? remembered.value
      : await lastValid(transport, from === null ? place : placeOf(from), oid);
  memory.validConfigs.set('config', key, read(last));
  const earlier = last === null ? null : parseSettings(last);
  return { settings: earlier?.ok === true ? earlier.settings : defaultSettings(), lastValid: last };
}

/** The newest of the last ten versions that is valid. Throws if the history cannot be read: that is not the same as none. */
async function lastValid(transport: Transport, place: Place, oid: string): Promise<string | null> {
  const { data, faults } = await ask<RawHistory>(transport, FILE_HISTORY, { ...place, path: SETTINGS_PATH });
  const fault = faults.take([]);
  if (fault !== null) throw new AppError('transient', fault);
  const commits = data.repository?.defaultBranchRef?.target?.history?.nodes ?? [];
  for (const commit of commits) {
    const file = commit?.file?.object;
    if (!file || file.oid === oid || typeof file.text !== 'string' || file.isTruncated === true) continue;
    if (parseSettings(file.text).ok) return file.text;
  }
  return null;
}

interface RawHistory {
  readonly repository: {
    readonly defaultBranchRef: {
      readonly target: {
        readonly history?: {
          readonly nodes:
            readonly ({ readonly file: { readonly object: RawFile | null } | null } | null)[] | null;
        } | null;
      } | null;
    } | null;
  } | null;
}

/** What the first core of a process is asked with. */
export async function firstParameters(
  transport: Transport,
  place: Place,
  memory: Memory,
): Promise<Parameters> {
  const { data, faults } = await ask<
    RawConfigs & {
      readonly repository: { readonly defaultBranchRef: { readonly name: string } | null } | null;
    }
  >(transport, CONFIG, { ...place, ...configVariables(place) });
  const file = configOf(data, faults, place);
  const fault = faults.take(['repository']);
  if (data.repository === null) {
    throw new AppError('terminal', fault ?? `GitHub shows no repository ${place.owner}/${place.name}`);
  }
  const { settings } = await settingsOf(transport, place, file, memory);
  return { settings, defaultBranch: branchName(data.repository.defaultBranchRef) };
}

export function branchName(ref: { readonly name: string } | null): string {
  return ref?.name ?? FIRST_BRANCH;
}
