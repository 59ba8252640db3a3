import { type Readable, read, unreadable } from '../../core/model/index.js';
import { SETTINGS_PATH } from '../../core/names/settings-path.js';
import { type SettingsFile, holding } from '../../core/settings/holding.js';
import { type Faults, MISSING } from './answer.js';
import { type Place, placeOf } from './place.js';

/** GitHub's name for the repository of an owner's defaults: https://docs.github.com/en/communities/setting-up-your-project-for-healthy-contributions/creating-a-default-community-health-file */
const DEFAULTS = '.github';

export interface RawFile {
  /** Absent if the path is a folder. */
  readonly oid?: string;
  readonly text?: string | null;
  readonly isTruncated?: boolean;
}

/** The settings files of the repository and of its owner. */
export interface RawConfigs {
  readonly repository: { readonly nameWithOwner: string; readonly config: RawFile | null } | null;
  /** Absent in the repository of the defaults itself. */
  readonly defaults?: { readonly nameWithOwner: string; readonly config: RawFile | null } | null;
}

/** What the documents that ask for {@link RawConfigs} need. */
export function configVariables(place: Place) {
  return { config: `HEAD:${SETTINGS_PATH}`, defaults: DEFAULTS, withDefaults: !isDefaults(place) };
}

function isDefaults({ name }: Place): boolean {
  return name.toLowerCase() === DEFAULTS;
}

/**
 * The settings file that holds; null if there is none. Takes the faults of both. A repository of defaults that GitHub says
 * is not there, which it also says of one that the installation may not see, has none. Nothing else is taken for that, also
 * not a key that GitHub leaves out without a word, as it was seen to do. GitHub shows a repository under the name that it had
 * before, too (https://docs.github.com/en/repositories/creating-and-managing-repositories/renaming-a-repository): one that was
 * `.github` of this owner once, and is another's or has another name today, is no repository of defaults.
 */
export function configOf(
  { repository, defaults }: RawConfigs,
  faults: Faults,
  place: Place,
): Readable<SettingsFile | null> {
  const own = fileOf(repository?.config, faults.take(['repository', 'config']), null);
  const isGone = faults.isGone(['defaults']);
  const fault = faults.take(['defaults']);
  if (isDefaults(place) || isGone) return own;
  if (!defaults) return holding(own, unreadable(fault ?? MISSING));
  const ofOwner = fileOf(defaults.config, fault, defaults.nameWithOwner);
  return holding(own, isOfOwner(defaults.nameWithOwner, repository?.nameWithOwner) ? ofOwner : read(null));
}

/** Both names are of today, so that an owner who was renamed keeps the default. */
function isOfOwner(defaults: string, repository: string | undefined): boolean {
  if (repository === undefined) return false;
  return defaults.toLowerCase() === `${placeOf(repository).owner}/${DEFAULTS}`.toLowerCase();
}

function fileOf(
  raw: RawFile | null | undefined,
  fault: string | null,
  from: string | null,
): Readable<SettingsFile | null> {
  if (fault !== null) return unreadable(fault);
  if (raw === undefined) return unreadable(MISSING);
  if (raw === null) return read(null);
  if (raw.oid === undefined || typeof raw.text !== 'string') return unreadable('it is not a text file');
  if (raw.isTruncated === true) return unreadable('it is too large');
  return read({ oid: raw.oid, text: raw.text, from });
}
