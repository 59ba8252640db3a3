import { adoptedBy } from '../membership/adopted.js';
import type { Member } from '../membership/member.js';
import { type Pull, type Time, valueOr } from '../model/index.js';
import type { View } from './view.js';

/** How long the end of a deployment waits for what keeps stakeholders from being told of the last landing (ms). */
const WAITS = 3_600_000;

/** Something that cannot be read, so that stakeholders cannot be told of what has landed. */
export interface Untold {
  /** As a phrase behind "cannot read". */
  readonly what: string;
  readonly why: string;
}

/** What keeps stakeholders from being told of what has landed; nothing where none of them is to be. */
export function untold(view: View): readonly Untold[] {
  const { toldSince } = view.snapshot;
  const interested = view.config.settings.stakeholders.filter(({ when }) => when.includes('merged'));
  const pulls = landedPulls(view);
  if (interested.length === 0 || pulls.length === 0) return [];
  if (toldSince?.kind === 'unreadable') {
    return [{ what: 'since when the settings ask for that', why: toldSince.why }];
  }
  const byFiles = interested.some(({ paths }) => paths.length > 0);
  return pulls.flatMap((pull) => [...(byFiles ? unreadFiles(pull) : []), ...unreadWords(pull, view)]);
}

/**
 * Until when the end of a deployment waits for {@link untold}; null if nothing keeps it. What can never be read must not
 * hold it for ever: to end without having told is the lesser harm.
 */
export function waitsToTell(view: View): Time | null {
  if (untold(view).length === 0) return null;
  return Math.max(...landedPulls(view).map(({ closedAt }) => closedAt ?? 0)) + WAITS;
}

function landedPulls({ members }: View): readonly Pull[] {
  return members.flatMap(({ outcome, pull }: Member) =>
    outcome.kind === 'merged' && pull !== null ? [pull] : [],
  );
}

function unreadFiles({ number, detail }: Pull): readonly Untold[] {
  const files = detail.kind === 'read' ? detail.value.files : detail;
  return files.kind === 'read' ? [] : [{ what: `which files #${number} changes`, why: files.why }];
}

/** On the pull request, and on the drafts in whose place it was taken. */
function unreadWords({ number }: Pull, { snapshot: { said, pulls } }: View): readonly Untold[] {
  const drafts = valueOr(pulls, []).filter((pull) => adoptedBy(pull) === number);
  const places = [number, ...drafts.map((draft) => draft.number)];
  if (places.some((place) => said.known[place]?.includes('told-merged') === true)) return [];
  return places.flatMap((place) => {
    const found = said.asked[place];
    return found?.kind === 'unreadable' ? [{ what: `what I have said on #${place}`, why: found.why }] : [];
  });
}
