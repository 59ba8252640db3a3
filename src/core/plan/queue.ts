import type { Action } from '../actions/action.js';
import { describe } from '../actions/describe.js';
import type { Member } from '../membership/member.js';
import { valueOr } from '../model/index.js';
import type { Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import { type Group, group } from './group.js';

/**
 * Takes out of the merge queue what may not stay there. It goes before the gates: the gate of a merge group that fails
 * makes GitHub throw out what the app would take out, and that is not put back by itself.
 */
export function planLeaving({ queue }: Progress): readonly Group[] {
  return queue.dequeue.flatMap(({ number, pull }) => {
    if (pull === null) return [];
    const leave: Action = { kind: 'dequeue', pull: { id: pull.id, number: pull.number } };
    return group(`end of the place of #${number} in the merge queue`, [leave]);
  });
}

/**
 * Puts pull requests into the merge queue of the base in merge order: where GitHub fails in passing, those behind wait.
 * What it has refused for good comes last, each for itself, and keeps nobody back.
 */
export function planEntering(view: View, { queue }: Progress): readonly Group[] {
  const entries = queue.enqueue.flatMap((member) => entryOf(member) ?? []);
  const isRefused = ({ enter }: Entry) => view.refusals.some(({ deed }) => deed === describe(enter));
  const fresh = entries.filter((entry) => !isRefused(entry));
  return [fresh, ...entries.filter(isRefused).map((entry) => [entry])].flatMap(groupOf);
}

interface Entry {
  readonly member: Member;
  readonly enter: Action;
}

function entryOf(member: Member): Entry | null {
  const { pull } = member;
  if (pull === null) return null;
  const { id, number, head, base, leftQueue } = pull;
  const after = valueOr(leftQueue, null)?.at ?? null;
  return { member, enter: { kind: 'enqueue', pull: { id, number }, head: head.sha, base, after } };
}

/** Named by the first: once that is refused, those behind it are a group that was not tried yet. */
function groupOf(entries: readonly Entry[]): readonly Group[] {
  const [first] = entries;
  if (first === undefined) return [];
  return group(
    `places in the merge queue from #${first.member.number}`,
    entries.map(({ enter }) => enter),
  );
}
