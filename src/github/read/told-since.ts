import { asAppError } from '../../app/errors.js';
import { type SettingsVersion, tellsAnybody, toldSince } from '../../core/communication/told-since.js';
import { type Readable, type Time, type ToldSince, read, unreadable } from '../../core/model/index.js';
import { SETTINGS_PATH } from '../../core/names/settings-path.js';
import { TOLD_HISTORY } from '../queries/lookups.js';
import { ask, timeOf } from './answer.js';
import type { RawFile } from './config-file.js';
import type { Core, CoreInput } from './core.js';
import { placeOf } from './place.js';

interface RawVersion {
  readonly committedDate: string;
  readonly own: { readonly nodes: readonly ({ readonly createdAt: string } | null)[] | null } | null;
  readonly associatedPullRequests: {
    readonly nodes: readonly ({ readonly mergedAt: string | null } | null)[] | null;
  } | null;
  readonly file: { readonly object: RawFile | null } | null;
}

interface RawHistory {
  readonly repository: {
    readonly defaultBranchRef: {
      readonly target: {
        readonly history?: { readonly nodes: readonly (RawVersion | null)[] | null } | null;
      } | null;
    } | null;
  } | null;
}

/**
 * Since when what is told to whom stands in the settings, from the versions of their file: asked once for each version of
 * the file, and not at all where nobody is told anything. An owner's default is in force since the repository's own file went,
 * which is the newest version of that.
 */
export async function readToldSince(
  input: CoreInput,
  { config }: Pick<Core, 'config'>,
): Promise<Readable<ToldSince> | null> {
  const { settings } = input.parameters;
  if (!tellsAnybody(settings)) {
    // The same file may come back into force later, and is that old only from then on.
    input.memory.toldSince.keep([]);
    return null;
  }
  if (config.kind === 'unreadable') return config;
  const { oid = '', from = null } = config.value ?? {};
  const key = `${from} ${oid}`;
  const known = input.memory.toldSince.get('config', key);
  if (known !== undefined) return known;
  const versions = await readVersions(from === null ? input : { ...input, place: placeOf(from) });
  if (versions.kind === 'unreadable') return versions;
  const own = from === null ? read([]) : await readVersions(input);
  if (own.kind === 'unreadable') return own;
  const since = read(toldSince(settings, versions.value, own.value[0]?.at));
  input.memory.toldSince.set('config', key, since);
  return since;
}

async function readVersions({
  transport,
  place,
  appId,
}: CoreInput): Promise<Readable<readonly SettingsVersion[]>> {
  try {
    const variables = { ...place, path: SETTINGS_PATH, app: appId };
    const { data, faults } = await ask<RawHistory>(transport, TOLD_HISTORY, variables);
    // Where the app may not see these, as in the repository of the owner's defaults, the commit's own date is left.
    for (const field of ['own', 'associatedPullRequests']) faults.takeField([], field);
    const fault = faults.take([]);
    const nodes = data.repository?.defaultBranchRef?.target?.history?.nodes ?? null;
    if (fault !== null || nodes === null) return unreadable(fault ?? 'GitHub left the history out');
    return read(nodes.flatMap((node) => (node === null ? [] : [versionOf(node)])));
  } catch (error) {
    const { kind, message } = asAppError(error);
    if (kind === 'bug') throw error;
    return unreadable(message);
  }
}

function versionOf(node: RawVersion): SettingsVersion {
  const { file } = node;
  const isWhole = file?.object?.isTruncated !== true;
  return { at: arrivalOf(node), text: isWhole ? (file?.object?.text ?? null) : null };
}

/**
 * When a commit came to the default branch, as far as GitHub says: when the pull request with it was merged, or when GitHub
 * made the app's check suite of it. Its own date is its author's, and is what is left.
 */
function arrivalOf({ committedDate, own, associatedPullRequests }: RawVersion): Time {
  const suite = own?.nodes?.[0]?.createdAt;
  const merged = (associatedPullRequests?.nodes ?? []).flatMap((pull) => pull?.mergedAt ?? []);
  return Math.max(timeOf(suite ?? committedDate), ...merged.map(timeOf));
}
