/** Deployments in which everything is as long as GitHub and the settings allow. */
import { type Issue, type Pull, type Snapshot, read } from '../../../src/core/model/index.js';
import { aComment, blocker } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  START,
  aMergedPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  labelled,
  person,
  sha,
} from '../../support/view-builder.js';

/** A text of so many characters that says which it is: words that Markdown leaves as they are, or signs that it does not. */
export type Words = (which: string, length: number) => string;

export const plainWords: Words = (which, length) =>
  `${which} ${'word '.repeat(length)}`.slice(0, length - 1) + 'x';
export const growingWords: Words = (which, length) =>
  `${which} ${'\\`*~[<|$@#_'.repeat(length)}`.slice(0, length - 1) + 'x';

/**
 * Every list at its maximum. The checklists are as long as they may be; beside them a file of 64 KiB has room for texts of common
 * length only.
 */
export function longestConfig(words: Words): string {
  const many = <T>(count: number, make: (name: string) => T) =>
    Array.from({ length: count }, (_, index) => make(`${index}`));
  const items = (what: string) => [
    ...many(40, (which) => words(`${what} ${which}`, 200)),
    ...[
      'branches',
      'task-files',
      'configuration',
      'dependencies',
      'reviewers',
      'implemented',
      'checks',
      'approved',
      'merged',
      'cleaned-up',
    ].map((auto) => ({ auto, text: words(auto, 200) })),
  ];
  return JSON.stringify({
    branch: `${'b'.repeat(220)}{number}`,
    worktree: `${'w'.repeat(180)}{number}`,
    gate: { overlaps: 'coordinate' },
    commands: { prefix: `/${'p'.repeat(39)}` },
    phases: many(20, (which) => ({
      name: words(which, 60),
      duration: which === '3' ? 'effort' : '4-6h',
      mode: 'sequential',
    })),
    checklist: items('before'),
    success: items('after'),
    risks: many(50, (which) => ({ risk: words(which, 100), mitigation: words(which, 150) })),
    notes: many(50, (which) => words(which, 150)),
    stakeholders: many(30, (which) => ({
      name: words(which, 60),
      mention: `${'o'.repeat(39)}/${'t'.repeat(100)}`,
      why: words(which, 60),
      when: ['deployed', 'ready', 'failing', 'conflict', 'merged', 'complete'],
      risk: ['high'],
      labels: many(1, (label) => words(label, 50)),
      paths: many(1, (path) => `${path}/${'d'.repeat(50)}/**`),
    })),
    sync: {
      times: many(24, (hour) => `${hour.padStart(2, '0')}:30`),
      timezone: 'America/Argentina/ComodRivadavia',
    },
  });
}

/**
 * Of these some have landed and the rest need somebody: each waits for twenty others, one of them in another repository, is
 * held with a reason of its own, conflicts and fails. All is frozen.
 */
export function worst(count: number, words: Words): Snapshot {
  const issues = Array.from({ length: count }, (_, index) => worstIssue(100_000 + index, words));
  const isLanded = (issue: Issue) => issue.number % 5 === 0 && count > 1;
  const pulls = issues.map((issue) =>
    isLanded(issue)
      ? aMergedPull(issue.number + 100_000, issue, { head: headOf(issue) })
      : worstPull(issue, words),
  );
  const comments = issues.map(({ number }) =>
    aComment(number, `/hold -- ${words(`because ${number}`, 200)}`, { id: number, answered: 'done' }),
  );
  const freeze = aComment(12, `/freeze -- ${words('because', 200)}`, {
    id: 1,
    answered: 'done',
    author: person('grace'),
  });
  const labels = ['subagent:tracking', 'subagent:freeze'];
  const labelEvents = labels.map((name) => labelled(name, ME, START + HOUR));
  return {
    ...aSnapshot({
      issues,
      pulls,
      comments: read([...comments, freeze]),
      trackers: [aTracker({ labels: read(labels), labelEvents: read(labelEvents) })],
      references: Array.from({ length: 20 }, (_, index) => `${index}/${'r'.repeat(190)}`),
      rules: { requiredChecks: [words('check', 100)], approvals: 6 },
    }),
    config: read(longestConfig(words)),
  };
}

function worstIssue(number: number, words: Words): Issue {
  const before = Array.from({ length: 20 }, (_, back) => number - 1 - back).filter((each) => each >= 100_000);
  const labels = ['deploy-subagent', 'subagent:hold', `shares:${number % 3} ${'s'.repeat(40)}`];
  const far = `${'o'.repeat(39)}/${'r'.repeat(100)}`;
  const text = words(String(number), 2_000);
  return anIssue(number, {
    title: words(String(number), 256),
    body: `### Scope\n\n${text}\n\n### Effort\n\n5-6h (${words('', 80)})\n\n### Risk\n\nHIGH (${words(String(number), 500)}): ${text}\n\n### Mitigation\n\n${text}\n\n### Shares\n\n${words('', 90)} -- ${text}`,
    labels,
    history: read({
      labels: [labelled('deploy-subagent'), ...labels.slice(1).map((name) => labelled(name, ME))],
      edits: [],
      dependencies: [],
      closed: null,
    }),
    blockedBy: read([...before.map((each) => blocker(each)), blocker(number, { repository: far })]),
    author: person('a'.repeat(39)),
  });
}

function worstPull(issue: Issue, words: Words): Pull {
  const name = (index: number) => words(`${issue.number} ${index}`, 200);
  return aWorkedPull(issue.number + 100_000, issue, {
    head: headOf(issue),
    detail: {
      mergeable: 'conflicting',
      checks: read(
        Array.from({ length: 30 }, (_, index) => ({
          name: name(index),
          app: index,
          state: 'failed' as const,
        })),
      ),
      files: read(Array.from({ length: 50 }, (_, index) => `${name(index)}/shared`)),
    },
  });
}

function headOf({ number }: Issue): Pull['head'] {
  return { branch: `${'b'.repeat(220)}${number}`, sha: sha(`work ${number}`), sameRepository: true };
}
