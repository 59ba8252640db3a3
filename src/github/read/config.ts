import { AppError } from '../../app/errors.js';
import { type Readable, read, unreadable } from '../../core/model/index.js';
import { parseSettings } from '../../core/settings/parse.js';
import { type Settings, defaultSettings } from '../../core/settings/schema.js';
import { CONFIG } from '../queries/core.js';
import { FILE_HISTORY } from '../queries/lookups.js';
import type { Transport } from '../transport.js';
import { ask } from './answer.js';
import type { Memory } from './memory.js';
import type { Parameters } from './parameters.js';
import type { Place } from './place.js';

/** Where the settings are, on the default branch only. */
export const CONFIG_PATH = '.github/subagents.yml';
export const CONFIG_EXPRESSION = `HEAD:${CONFIG_PATH}`;

/** The name that GitHub gives to a first branch; for repositories without any. */
const FIRST_BRANCH = 'main';

export interface RawFile {
  /** Absent if the path is a folder. */
  readonly oid?: string;
  readonly text?: string | null;
  readonly isTruncated?: boolean;
}

/** A settings file. */
export interface ConfigFile {
  readonly oid: string;
  readonly text: string;
}

/** The file; null if there is none. */
export function fileOf(raw: RawFile | null, fault: string | null): Readable<ConfigFile | null> {
  if (fault !== null) return unreadable(fault);
  if (raw === null) return read(null);
  if (raw.oid === undefined || typeof raw.text !== 'string') return unreadable('it is not a text file');
  if (raw.isTruncated === true) return unreadable('it is too large');
  return read({ oid: raw.oid, text: raw.text });
}

/** Settings in force, and the text of the earlier version that they are from, if the present one is not valid. */
export interface InForce {
  readonly settings: Settings;
  readonly lastValid: string | null;
}

/** The settings of a file; of an unreadable one those that this process knew last. */
export async function settingsOf(
  transport: Transport,
  place: Place,
  file: Readable<ConfigFile | null>,
  memory: Memory,
): Promise<InForce> {
  const known = memory.parameters?.settings ?? defaultSettings();
  if (file.kind === 'unreadable') return { settings: known, lastValid: null };
  if (file.value === null) return { settings: defaultSettings(), lastValid: null };
  const parsed = parseSettings(file.value.text);
  if (parsed.ok) return { settings: parsed.settings, lastValid: null };
  const { oid } = file.value;
  const remembered = memory.validConfigs.get('config', oid);
  const last = remembered?.kind === 'read' ? remembered.value : await lastValid(transport, place, oid);
  memory.validConfigs.set('config', oid, read(last));
  const earlier = last === null ? null : parseSettings(last);
  return { settings: earlier?.ok === true ? earlier.settings : defaultSettings(), lastValid: last };
}

/** The newest of the last ten versions that is valid. Throws if the history cannot be read: that is not the same as none. */
async function lastValid(transport: Transport, place: Place, oid: string): Promise<string | null> {
  const { data, faults } = await ask<RawHistory>(transport, FILE_HISTORY, { ...place, path: CONFIG_PATH });
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
  const { data, faults } = await ask<{
    readonly repository: {
      readonly defaultBranchRef: { readonly name: string } | null;
      readonly config: RawFile | null;
    } | null;
  }>(transport, CONFIG, { ...place, config: CONFIG_EXPRESSION });
  const fault = faults.take(['repository']);
  if (data.repository === null) {
    throw new AppError('terminal', fault ?? `GitHub shows no repository ${place.owner}/${place.name}`);
  }
  const file = fileOf(data.repository.config, fault);
  const { settings } = await settingsOf(transport, place, file, memory);
  return { settings, defaultBranch: branchName(data.repository.defaultBranchRef) };
}

export function branchName(ref: { readonly name: string } | null): string {
  return ref?.name ?? FIRST_BRANCH;
}
