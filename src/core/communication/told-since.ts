import type { Time, ToldSince } from '../model/index.js';
import { parseSettings } from '../settings/parse.js';
import type { Settings } from '../settings/schema.js';

/** A version of the settings file; `text` is null where there was none. */
export interface SettingsVersion {
  readonly at: Time;
  readonly text: string | null;
}

/** True if these settings have anybody told of anything. */
export function tellsAnybody({ stakeholders, sync }: Settings): boolean {
  return sync.times.length > 0 || stakeholders.some(({ when }) => when.length > 0);
}

/**
 * Since when each stakeholder of these settings stands there with the same mention, events and restrictions, and since when
 * the syncs have their times: what happened before that is told to nobody, and a sync before it is none.
 *
 * @param versions newest first. Those that are not valid never were in force. Where they do not reach back to the change the
 *   oldest of them counts, and where there are none all is as old as can be
 * @param inForce since when this file holds at all: a default does so only once the repository has none of its own any more
 */
export function toldSince(
  settings: Settings,
  versions: readonly SettingsVersion[],
  inForce: Time = 0,
): ToldSince {
  const valid = versions.flatMap(({ at, text }) => {
    const parsed = parseSettings(text ?? '');
    return parsed.ok ? [{ at, settings: parsed.settings }] : [];
  });
  const since = (isSame: (earlier: Settings) => boolean): Time => {
    const changed = valid.findIndex((version) => !isSame(version.settings));
    const oldest = (changed === -1 ? valid : valid.slice(0, changed)).at(-1);
    return Math.max(oldest?.at ?? 0, inForce);
  };
  const sync = JSON.stringify(settings.sync);
  return {
    stakeholders: Object.fromEntries(
      settings.stakeholders.map((each) => [
        nameOf(each),
        since(({ stakeholders }) => stakeholders.some((other) => keyOf(other) === keyOf(each))),
      ]),
    ),
    sync: since((earlier) => JSON.stringify(earlier.sync) === sync),
  };
}

export type Stakeholder = Settings['stakeholders'][number];

/** Names are told apart without regard to case. */
export function nameOf({ name }: Stakeholder): string {
  return name.toLowerCase();
}

function keyOf(stakeholder: Stakeholder): string {
  const { mention = null, when, risk, labels, paths } = stakeholder;
  return JSON.stringify([nameOf(stakeholder), mention, when, risk, labels, paths]);
}
