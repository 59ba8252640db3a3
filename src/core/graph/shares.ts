import type { SharesLine } from '../facts/shares.js';
import type { Member } from '../membership/member.js';
import { sharesHeld } from '../membership/shared.js';
import { type Digest, labelFact, sharesLabel } from '../names/labels.js';
import type { Askers, Share } from './edges.js';

/** A member and the name of its label, as it is written there. */
interface Sharer {
  readonly member: Member;
  readonly label: string;
}

/**
 * The *shares* edges that the labels `shares:<what>` state, with the coordination notes of the commands that asked for
 * them, else of the issues' sections. Where GitHub's limit has shortened the label, the section has the whole name.
 */
export function sharesOf(members: readonly Member[], digest: Digest, askers: Askers): readonly Share[] {
  const groups = new Map<string, { what: string; sharers: Map<number, Sharer> }>();
  for (const member of members) {
    for (const label of sharesHeld(member)) {
      const fact = labelFact(label);
      if (fact?.kind !== 'shares') continue;
      const key = fact.value.toLowerCase();
      const group = groups.get(key) ?? { what: fact.value, sharers: new Map<number, Sharer>() };
      if (!group.sharers.has(member.number)) group.sharers.set(member.number, { member, label });
      groups.set(key, group);
    }
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { what, sharers }]) => {
      const told = [...sharers.values()]
        .sort((a, b) => a.member.number - b.member.number)
        .map((sharer) => toldBy(sharer, linesOf(key, sharer.member, digest), askers));
      const lines = told.flatMap((each) => each.lines);
      return {
        what: lines[0]?.name ?? what,
        members: told.map(({ node }) => node),
        note: askers.note(`shares:${key}`) ?? notesOf(lines),
        origin: {
          kind: 'label',
          by: [...new Set(told.flatMap((each) => each.by ?? []))],
          recorded: told.some((each) => each.isApps && each.by === null && each.lines.length > 0),
        },
      };
    });
}

/** What is known of one label: the lines of the task that ask for it, the command that did, and who put it. */
function toldBy({ member, label }: Sharer, lines: readonly SharesLine[], askers: Askers) {
  const events = member.issue.history.kind === 'read' ? member.issue.history.value.labels : [];
  const name = label.toLowerCase();
  const actor = events.findLast((event) => event.added && event.label.toLowerCase() === name)?.actor ?? null;
  const isApps = actor?.kind === 'me';
  const by = isApps ? askers.share(member.number, label) : (actor?.login ?? null);
  return { node: `#${member.number}`, lines, by, isApps };
}

/** What a member's section says about the label. */
function linesOf(key: string, { facts }: Member, digest: Digest): readonly SharesLine[] {
  return facts.shares.lines.filter(
    ({ name }) => sharesLabel(name, digest).name.toLowerCase() === `shares:${key}`,
  );
}

/** What each of them says about working together, once. */
function notesOf(lines: readonly SharesLine[]): string | null {
  const notes = new Set(lines.flatMap(({ note }) => note ?? []));
  return notes.size === 0 ? null : [...notes].join('; ');
}
