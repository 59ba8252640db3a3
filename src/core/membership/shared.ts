import { type Standing, holds } from '../authority/standing.js';
import type { RoleBook } from '../authority/role-book.js';
import { type Issue, valueOr } from '../model/index.js';
import { labelFact } from '../names/labels.js';
import { controlStanding, labelEvents } from './control.js';

/** A `shares:` label that is on an issue, or was, and what it is worth. */
export interface SharedLabel {
  /** As it is written on the issue, or was when it was there last. */
  readonly name: string;
  readonly standing: Standing;
}

/** Judges the `shares:` labels of an issue. None where its labels cannot be read: then it may share anything. */
export function judgeShared(issue: Issue, book: RoleBook): readonly SharedLabel[] {
  if (issue.labels.kind === 'unreadable') return [];
  const events = labelEvents(issue);
  const written = [...valueOr(events, []).map(({ label }) => label), ...issue.labels.value].filter(isShares);
  const names = new Map(written.map((name) => [name.toLowerCase(), name]));
  return [...names.values()].map((name) => ({
    name,
    standing: controlStanding('shares', name, { labels: issue.labels, events }, book),
  }));
}

/**
 * The `shares:` labels of an issue that hold: those that it shows, but for what somebody has put who may not, and those
 * that somebody has taken off who may not.
 */
export function sharesHeld({
  issue,
  shared,
}: {
  issue: Issue;
  shared: readonly SharedLabel[];
}): readonly string[] {
  const judged = new Set(shared.map(({ name }) => name.toLowerCase()));
  const others = valueOr(issue.labels, []).filter(
    (name) => isShares(name) && !judged.has(name.toLowerCase()),
  );
  return [...shared.filter(({ standing }) => holds(standing)).map(({ name }) => name), ...others];
}

function isShares(name: string): boolean {
  return labelFact(name)?.kind === 'shares';
}
