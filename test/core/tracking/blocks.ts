/** The tracking issue's body, the fenced blocks in it, and a deployment that has its drafts. */
import type { Snapshot } from '../../../src/core/model/index.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import {
  type SnapshotParts,
  aPull,
  aSnapshot,
  aTracker,
  anIssue,
  judge,
} from '../../support/view-builder.js';

export function bodyOf(snapshot: Snapshot): string {
  const { view, progress } = judge(snapshot);
  return renderTracker(view, progress, '0.1.0').body;
}

export function blocks(body: string, language: string): readonly string[] {
  return [...body.matchAll(/^(`{3,})(\w+)\n([^]*?)^\1$/gm)]
    .filter((match) => match[2] === language)
    .map((match) => match[3] ?? '');
}

/** Open issues that have their drafts. */
export function deployed(numbers: readonly number[], parts: SnapshotParts = {}): Snapshot {
  const issues = numbers.map((number) => anIssue(number));
  const pulls = issues.map((issue) => aPull(issue.number + 20, issue));
  return aSnapshot({ issues, pulls, trackers: [aTracker()], ...parts });
}
