import { describe, expect, test } from '@jest/globals';

import { type Comment, type Issue, type Pull, type Review, read } from '../../../src/core/model/index.js';
import { renderSummary } from '../../../src/core/tracking/summary.js';
import { DEPLOY, ownGate } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  MINUTE,
  type PullParts,
  START,
  type SnapshotParts,
  aMergedPull,
  aSnapshot,
  aTracker,
  anIssue,
  judge,
  labelled,
  person,
  sha,
} from '../../support/view-builder.js';

/** An issue that has landed, and that these asked to land. */
function landed(number: number, ...labels: ReturnType<typeof labelled>[]): Issue {
  const events = [labelled(DEPLOY), ...labels];
  return anIssue(number, {
    state: 'closed',
    stateReason: 'completed',
    closedAt: START + 2 * HOUR,
    labels: events.map(({ label }) => label),
    history: read({ labels: events, edits: [], dependencies: [], closed: null }),
  });
}

function pullOf(issue: Issue, parts: PullParts = {}): Pull {
  return aMergedPull(issue.number + 20, issue, parts);
}

function review(author: string, issue: Issue, parts: Partial<Review> = {}): Review {
  return { author, state: 'approved', commit: sha(`work ${issue.number}`), at: START + HOUR, ...parts };
}

/** The cells of each row of the table, by their headings. */
function rowsOf(parts: SnapshotParts): readonly Readonly<Record<string, string>>[] {
  const { view, progress } = judge(aSnapshot({ trackers: [aTracker()], ...parts }));
  const lines = renderSummary(view, progress).split('\n');
  const [head = [], , ...rows] = lines.filter((line) => line.startsWith('|')).map(cellsOf);
  return rows.map((cells) => Object.fromEntries(cells.map((cell, index) => [head[index] ?? '', cell])));
}

function cellsOf(line: string): readonly string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

const [one, two, three] = [landed(1), landed(2), landed(3)];

describe('the order of landing', () => {
  test('is that of the commits on the base where pull requests were merged in one second', () => {
    const issues = [one, two, three];
    const pulls = issues.map((issue) => pullOf(issue));
    const recent = [sha('merge 2'), sha('merge 1'), sha('merge 3'), sha('base')];
    expect(
      rowsOf({ issues, pulls, base: { recent } }).map((row) => [row['Landed'], row['Issue']?.slice(0, 4)]),
    ).toEqual([
      ['1', '[#3]'],
      ['2', '[#1]'],
      ['3', '[#2]'],
    ]);
  });

  test('counts only what has landed, from when it did and not from when an unmarked pull request was closed', () => {
    const unmarked = pullOf(one, {
      state: 'closed',
      mergeCommit: null,
      closedAt: START + 3 * HOUR,
      ownChecks: read([ownGate({ base: sha('base'), pull: 21 }, { startedAt: START + HOUR })]),
    });
    const cancelled = pullOf(three, { state: 'closed', mergeCommit: null, closedAt: START + 90 * MINUTE });
    const rows = rowsOf({
      issues: [one, two, { ...three, state: 'open', closedAt: null, stateReason: null }],
      pulls: [unmarked, pullOf(two), cancelled],
      base: { recent: [sha('merge 2'), sha('work 1'), sha('base')] },
    });
    expect(rows.map((row) => [row['Landed'], row['Issue']?.slice(0, 4), row['Ended']])).toEqual([
      ['1', '[#1]', '2025-02-24 16:56 UTC'],
      ['', '[#3]', '2025-02-24 17:26 UTC'],
      ['2', '[#2]', '2025-02-24 17:56 UTC'],
    ]);
  });
});

describe('who is named', () => {
  test('as a reviewer: only those whose approvals counted', () => {
    const reviews = [
      review('grace', one),
      review('ada', one),
      review('agent', one),
      review('linus', one),
      review('tove', one, { commit: sha('another head') }),
      review('olaf', one, { state: 'dismissed' }),
    ];
    const [row] = rowsOf({ issues: [one], pulls: [pullOf(one, { detail: { reviews: read(reviews) } })] });
    expect([row?.['Deployed by'], row?.['Reviewed by']]).toEqual(['`linus`', '`ada`, `grace`']);
  });

  test('as who asked it to land: by the label, or by the command for which the app put it', () => {
    const byHand = landed(1, labelled('subagent:merge', person('grace')));
    const byCommand = landed(2, labelled('subagent:merge', ME));
    const comment: Comment = {
      id: 7,
      nodeId: 'comment-7',
      number: 12,
      onPull: false,
      author: person('ada'),
      body: '/merge #2',
      createdAt: START + HOUR,
      editedByOthers: false,
      edited: false,
      answered: 'done',
      url: '',
    };
    const rows = rowsOf({
      issues: [byHand, byCommand, three],
      pulls: [pullOf(byHand), pullOf(byCommand), pullOf(three)],
      comments: read([comment]),
    });
    expect(rows.map((row) => row['Asked to land by'])).toEqual(['`grace`', '`ada`', '']);
  });
});
