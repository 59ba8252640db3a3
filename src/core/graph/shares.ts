import type { Member } from '../membership/member.js';
import { valueOr } from '../model/index.js';
import { labelFact } from '../names/labels.js';
import type { Share } from './edges.js';

/** The *shares* edges that the labels `shares:<what>` state, each with the coordination note of an issue's section. */
export function sharesOf(members: readonly Member[]): readonly Share[] {
  const groups = new Map<string, { what: string; members: number[] }>();
  for (const member of members) {
    for (const label of valueOr(member.issue.labels, [])) {
      const fact = labelFact(label);
      if (fact?.kind !== 'shares') continue;
      const key = fact.value.toLowerCase();
      const group = groups.get(key) ?? { what: fact.value, members: [] };
      if (!group.members.includes(member.number)) group.members.push(member.number);
      groups.set(key, group);
    }
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, group]) => ({
      what: group.what,
      members: group.members.sort((a, b) => a - b).map((number) => `#${number}`),
      note: noteOf(key, group.members, members),
    }));
}

function noteOf(key: string, sharers: readonly number[], members: readonly Member[]): string | null {
  for (const member of members) {
    if (!sharers.includes(member.number)) continue;
    const line = member.facts.shares.lines.find(
      (each) => each.name.toLowerCase() === key && each.note !== null,
    );
    if (line !== undefined) return line.note;
  }
  return null;
}
