import type { OwnCheck } from '../model/index.js';
import { type OverrideRecord, parseGateId } from '../names/gate-id.js';
import { shortSha } from '../names/members.js';
import { cutText, oneLine } from '../text/clean.js';

/** GitHub's titles may be long, but a list of checks shows about this much. */
export const MAX_TITLE = 140;

/** Who cleared the gate of a head, why, when, and by which comment. */
export interface Override extends OverrideRecord {
  readonly by: string;
  /** On one line; as long as the title of a check run has room. */
  readonly reason: string;
}

/** What the gate of an overridden head is called. */
export function overrideTitle({ by, reason }: Override, sha: string): string {
  return cutText(`Order overridden by ${by} for ${shortSha(sha)}: ${oneLine(reason)}`, MAX_TITLE);
}

const TITLE = /^Order overridden by (\S+) for [0-9a-f]{7}: (.+)$/;

/**
 * The override that a published gate records. Its words are those of the gate's own title, which only the app can write:
 * the comment may be edited or deleted later by anybody with write, and was judged when it was accepted. A record without
 * such a title is none, so that the gate closes.
 */
export function overrideOf(check: Pick<OwnCheck, 'externalId' | 'title'>): Override | null {
  const [, by, reason] = TITLE.exec(check.title) ?? [];
  const record = by === undefined ? null : (parseGateId(check.externalId)?.override ?? null);
  if (record === null || by === undefined || reason === undefined) return null;
  return { ...record, by, reason };
}
