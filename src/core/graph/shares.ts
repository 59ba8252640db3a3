import type { SharesLine } from '../facts/shares.js';
import type { Member } from '../membership/member.js';
import { valueOr } from '../model/index.js';
import { type Digest, labelFact, sharesLabel } from '../names/labels.js';
import type { Share } from './edges.js';

/**
 * The *shares* edges that the labels `shares:<what>` state, with the coordination notes of the issues' sections. Where
 * GitHub's limit has shortened the label, the section has the whole name.
 */
export function sharesOf(members: readonly Member[], digest: Digest): readonly Share[] {
  const groups = new Map<string, { what: string; members: Member[] }>();
  for (const member of members) {
    for (const label of valueOr(member.issue.labels, [])) {
      const fact = labelFact(label);
      if (fact?.kind !== 'shares') continue;
      const key = fact.value.toLowerCase();
      const group = groups.get(key) ?? { what: fact.value, members: [] };
      if (!group.members.includes(member)) group.members.push(member);
      groups.set(key, group);
    }
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, group]) => {
      const sharers = group.members.sort((a, b) => a.number - b.number);
      const lines = sharers.flatMap((member) => linesOf(key, member, digest));
      return {
        what: lines[0]?.name ?? group.what,
        members: sharers.map(({ number }) => `#${number}`),
        note: notesOf(lines),
      };
    });
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
