import type { Place } from '../commands/registry.js';
import { type Comment, type Snapshot, type Tracker, valueOr } from '../model/index.js';
import { adoptedPulls } from '../membership/adopted.js';
import { issueOfBranch } from '../names/members.js';
import type { Settings } from '../settings/schema.js';

/** Where comments stand, as far as commands care. */
export interface Places {
  /** `known` is true for what belongs to a deployment: there the short form of commands counts, too. */
  placeOf(comment: Pick<Comment, 'number' | 'onPull'>): { readonly place: Place; readonly known: boolean };
  /** The issue of a number: of a subagent's pull request the issue it works on, else the number itself. */
  issueOf(number: number): number;
}

/** Looks places up in one snapshot. */
export function createPlaces(snapshot: Snapshot, settings: Settings, tracker: Tracker | null): Places {
  const issues = new Set(valueOr(snapshot.issues, []).map((issue) => issue.number));
  const pulls = new Map([
    ...valueOr(snapshot.pulls, [])
      .filter((pull) => pull.head.sameRepository)
      .map((pull) => [pull.number, issueOfBranch(settings.branch, pull.head.branch)] as const),
    ...adoptedPulls(snapshot.pulls, settings.branch),
  ]);
  return {
    placeOf({ number, onPull }) {
      if (number === tracker?.number) return { place: 'tracking issue', known: true };
      if (!onPull) return { place: 'issue', known: issues.has(number) };
      const known = issues.has(pulls.get(number) ?? -1);
      return known ? { place: 'pull request', known } : { place: 'elsewhere', known };
    },
    issueOf: (number) => pulls.get(number) ?? number,
  };
}
