/** A deployment in which as many lists as can be have several entries, many of the same second. */
import {
  type Check,
  type Comment,
  type Issue,
  type Pull,
  type Snapshot,
  read,
  valueOr,
} from '../../../src/core/model/index.js';
import { aDeployment } from '../../../bench/deployment.js';
import { aComment } from '../../support/snapshot.js';
import { HOUR, MINUTE, START, aTracker, labelled, person } from '../../support/view-builder.js';

/** With commands that are answered; or with commands still to be, and edits by somebody who may not. */
export function busy(size: number, answered: Comment['answered'] = 'done'): Snapshot {
  const snapshot = aDeployment(size);
  const issues = valueOr(snapshot.issues, []).map((issue) => busyIssue(issue, answered === null));
  const words = [
    '/hold -- one',
    '/hold -- two',
    '/risk high -- three',
    '/shares lock.py -- four',
    '/shares lock.py -- five',
  ];
  const comments = issues
    .filter(({ number }) => number % 4 === 0)
    .flatMap(({ number }) =>
      words.map((text, index) =>
        aComment(number, text, {
          id: number * 10 + index,
          answered,
          author: person(index % 2 ? 'ada' : 'linus'),
        }),
      ),
    );
  return {
    ...snapshot,
    issues: read(issues),
    pulls: read(valueOr(snapshot.pulls, []).map(busyPull)),
    comments: read(comments),
    trackers: read([aTracker({ number: size + 1 }), aTracker({ number: size + 2, id: 'tracker-13' })]),
    references: ['CLAUDE.md', 'AGENTS.md', 'docs/RULES.md'],
    config: read(CONFIG),
  };
}

const CONFIG = `
gate: { overlaps: coordinate }
phases: [{ name: Work, duration: effort }, { name: Tests, duration: 2-3h }]
checklist: [{ auto: branches }, { auto: dependencies }, Backup]
success: [{ auto: checks }, { check: build }, Silence]
risks: [{ risk: Collisions, mitigation: Patience }]
stakeholders: [{ name: Quality, mention: ada, when: [merged, failing, ready] }]
`;

function busyIssue(issue: Issue, isEdited: boolean): Issue {
  const { number } = issue;
  const more = number % 4 === 0 ? ['subagent:hold', 'shares:lock.py', 'risk:high', 'effort:2-3h'] : [];
  const labels = [...valueOr(issue.labels, []), ...more, `shares:group ${number % 7}`];
  const events = labels.flatMap((label) => [
    labelled(label, person('ada'), START),
    { ...labelled(label, person('ada'), START), id: `off-${label}`, added: false },
    { ...labelled(label, person('linus'), START), id: `on-${label}` },
  ]);
  const edits = ['mallory', 'ada'].map((login) => ({
    what: 'body' as const,
    editor: person(login),
    at: START + HOUR,
  }));
  const history = {
    labels: events,
    edits: isEdited && number % 9 === 0 ? edits : [],
    dependencies: [],
    closed: null,
  };
  const lines =
    number > 3 && number % 5 === 0 ? `\n\nDepends on other/part#${number}, other/part#${number + 1}` : '';
  return { ...issue, body: `${issue.body}${lines}`, labels: read(labels), history: read(history) };
}

function busyPull(pull: Pull): Pull {
  const detail = valueOr(pull.detail, null);
  if (detail === null) return pull;
  const ended = pull.number % 11 === 0 ? 'failed' : 'passed';
  const checks = ['build', 'lint', 'test', 'build'].map((name, index): Check => ({
    name,
    app: 15_368 + index,
    state: index === 2 ? 'pending' : ended,
  }));
  const reviews = ['ada', 'grace', 'tria'].map((author, index) => ({
    author,
    state: index === 1 ? ('changes requested' as const) : ('approved' as const),
    commit: pull.head.sha,
    at: START + HOUR,
  }));
  const settled = pull.number % 3 === 0 ? reviews.filter(({ state }) => state === 'approved') : reviews;
  return {
    ...pull,
    assignees: ['linus', 'ada', 'grace'],
    detail: read({
      ...detail,
      checks: read(pull.number % 2 === 0 ? checks : checks.filter(({ state }) => state !== 'pending')),
      reviews: read(settled),
      pushedAt: START + (pull.number % 5) * MINUTE,
    }),
  };
}
