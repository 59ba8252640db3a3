import type { Time } from '../model/index.js';

/**
 * What a gate's `external_id` records about its head: `v1`, then what holds, separated by spaces. A new commit has a
 * gate of its own and so neither a landing nor an override.
 *
 * - `landing:<base sha> pull:<number>`: that pull request is being landed on the base as it was at that commit. Another
 *   branch may come to have the same head, as one that is reset to the base: what landed there is not its work.
 * - `override:<comment id> on:<number> at:<time>`: a maintainer cleared the gate for this head, by that comment on that
 *   issue or pull request, then (milliseconds since 1970).
 */
export interface GateId {
  /** The landing under way; null if there is none. */
  readonly landing: LandingRecord | null;
  /** The comment that overrode it; null if none did. */
  readonly override: OverrideRecord | null;
  /** Digest of the verdict, so that an equal one is not written again. */
  readonly verdict: string;
}

/** A landing by the base commit that it began on, and the number of the pull request that it is of. */
export interface LandingRecord {
  readonly base: string;
  readonly pull: number;
}

/** A comment by its database id, the number of the issue or pull request that it stands on, and when it was written. */
export interface OverrideRecord {
  readonly comment: number;
  readonly on: number;
  /** null in a record of a version that did not keep it. */
  readonly at: Time | null;
}

export function formatGateId(id: GateId): string {
  const parts = ['v1', id.verdict];
  if (id.landing !== null) parts.push(`landing:${id.landing.base}`, `pull:${id.landing.pull}`);
  if (id.override !== null) {
    const { comment, on, at } = id.override;
    parts.push(`override:${comment}`, `on:${on}`, ...(at === null ? [] : [`at:${at}`]));
  }
  return parts.join(' ');
}

/** Reads an `external_id`; null if the app did not write it. */
export function parseGateId(text: string): GateId | null {
  const [version, verdict, ...rest] = text.split(' ');
  if (version !== 'v1' || verdict === undefined) return null;
  const value = (key: string) =>
    rest.find((part) => part.startsWith(`${key}:`))?.slice(key.length + 1) ?? null;
  const number = (key: string) => {
    const digits = value(key);
    return digits !== null && /^\d{1,15}$/.test(digits) ? Number(digits) : null;
  };
  const comment = number('override');
  const on = number('on');
  const override = comment === null || on === null ? null : { comment, on, at: number('at') };
  const base = value('landing');
  const pull = number('pull');
  // One without a number, of an earlier version, may be anybody's, so it is nobody's.
  const landing = base === null || pull === null ? null : { base, pull };
  return { landing, override, verdict };
}

/** The base commit on which the landing of this very pull request began, as an `external_id` records it; null if it does not. */
export function landingOf(text: string, pull: number): string | null {
  // Asked of every gate at each look, and nearly none records one.
  const landing = text.includes(' landing:') ? (parseGateId(text)?.landing ?? null) : null;
  return landing?.pull === pull ? landing.base : null;
}
