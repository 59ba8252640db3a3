import { type Readable, unreadable } from '../model/index.js';

/** A settings file. */
export interface SettingsFile {
  /** Its object name, which is another one for every text. */
  readonly oid: string;
  readonly text: string;
  /** The repository of the owner that it is the default of, as `owner/name`; null if it is the repository's own. */
  readonly from: string | null;
}

/**
 * The file that holds: the repository's own, whole; where it has none, the owner's default; null where there is neither.
 * What cannot be read is not the same as none: what it says might hold.
 */
export function holding(
  own: Readable<SettingsFile | null>,
  ofOwner: Readable<SettingsFile | null>,
): Readable<SettingsFile | null> {
  if (own.kind === 'unreadable' || own.value !== null) return own;
  return ofOwner.kind === 'unreadable' ? unreadable(`the default of the owner: ${ofOwner.why}`) : ofOwner;
}
