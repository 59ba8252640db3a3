import { type Pull, valueOr, type Readable } from '../model/index.js';
import { findMarker, marker } from '../names/markers.js';
import { issueOfBranch } from '../names/members.js';

const KIND = 'displaced';

/** The body of a draft in whose place another pull request was taken: from then on it is the record of that. */
export function displacedBody(body: string, by: number): string {
  const lines = body.split(/\r\n|\r|\n/).filter((line) => findMarker(line, KIND) === undefined);
  return [...lines, marker(KIND, { by: String(by) })].join('\n');
}

/** The pull request that took the place of the app's own draft; null if none did. One that was reopened has its place again. */
export function adoptedBy(draft: Pick<Pull, 'author' | 'state' | 'body'>): number | null {
  if (draft.author?.kind !== 'me' || draft.state !== 'closed') return null;
  const by = findMarker(draft.body, KIND)?.['by'];
  return by !== undefined && /^[1-9]\d{0,9}$/.test(by) ? Number(by) : null;
}

/** The issues of the pull requests that were adopted; of several drafts of one branch the newest tells. */
export function adoptedPulls(
  pulls: Readable<readonly Pull[]>,
  template: string,
): ReadonlyMap<number, number> {
  const newest = new Map<number, Pull>();
  for (const pull of valueOr(pulls, [])) {
    const issue = pull.head.sameRepository ? issueOfBranch(template, pull.head.branch) : undefined;
    const before = issue === undefined ? undefined : newest.get(issue);
    if (issue !== undefined && (before === undefined || pull.number > before.number)) newest.set(issue, pull);
  }
  return new Map(
    [...newest].flatMap(([issue, draft]) => {
      const by = adoptedBy(draft);
      return by === null ? [] : [[by, issue] as const];
    }),
  );
}
