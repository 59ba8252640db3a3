/**
 * What a gate's `external_id` records about its head: `v1`, then what holds, separated by spaces. A new commit has a
 * gate of its own and so neither a landing nor an override.
 *
 * - `landing:<base sha>`: it is being landed on the base as it was at that commit.
 * - `override:<comment id>`: a maintainer cleared the merge order for this head.
 */
export interface GateId {
  /** Base commit of the landing under way; null if there is none. */
  readonly landing: string | null;
  /** Database id of the override's comment; null if there is none. */
  readonly override: number | null;
  /** Digest of the verdict, so that an equal one is not written again. */
  readonly verdict: string;
}

export function formatGateId(id: GateId): string {
  const parts = ['v1', id.verdict];
  if (id.landing !== null) parts.push(`landing:${id.landing}`);
  if (id.override !== null) parts.push(`override:${id.override}`);
  return parts.join(' ');
}

/** Reads an `external_id`; null if the app did not write it. */
export function parseGateId(text: string): GateId | null {
  const [version, verdict, ...rest] = text.split(' ');
  if (version !== 'v1' || verdict === undefined) return null;
  const value = (key: string) =>
    rest.find((part) => part.startsWith(`${key}:`))?.slice(key.length + 1) ?? null;
  const override = value('override');
  return {
    landing: value('landing'),
    override: override !== null && /^\d{1,15}$/.test(override) ? Number(override) : null,
    verdict,
  };
}

/** The base commit of the landing that an `external_id` records, or null. */
export function landingOf(text: string): string | null {
  return parseGateId(text)?.landing ?? null;
}
