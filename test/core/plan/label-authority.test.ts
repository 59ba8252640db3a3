import { describe, expect, test } from '@jest/globals';
import type { Actor, LabelEvent } from '../../../src/core/model/index.js';
import { read } from '../../../src/core/model/index.js';
import { labelEvent } from '../../support/snapshot.js';
import {
  ME,
  MINUTE,
  START,
  aPull,
  aSnapshot,
  aTracker,
  anIssue,
  judge,
  labelled,
  person,
  role,
} from '../../support/view-builder.js';
import { planOf, said } from './support.js';

const BY = {
  triage: person('tria'),
  write: person('linus'),
  maintain: person('grace'),
  admin: person('root'),
  'a listed bot': { login: 'helper[bot]', kind: 'bot' },
  'an unlisted bot': { login: 'stray[bot]', kind: 'bot' },
} as const satisfies Record<string, Actor>;
type By = keyof typeof BY;
type Deed = 'put' | 'removed';

const EVERYBODY = Object.keys(BY) as By[];
const FROM_WRITE = ['write', 'maintain', 'admin', 'a listed bot'] as const satisfies readonly By[];
const FROM_MAINTAIN = ['maintain', 'admin'] as const satisfies readonly By[];

/** By whose hand each label counts, put and removed: by that of who may give the command that does the same. */
const COUNTS = {
  'deploy-subagent': { put: FROM_WRITE, removed: FROM_WRITE },
  'subagent:hold': { put: ['triage', ...FROM_WRITE], removed: FROM_WRITE },
  'subagent:merge': { put: FROM_WRITE, removed: FROM_WRITE },
  'shares:core.py': { put: EVERYBODY, removed: FROM_WRITE },
  'subagent:freeze': { put: FROM_MAINTAIN, removed: FROM_MAINTAIN },
  'subagent:pause': { put: FROM_WRITE, removed: FROM_WRITE },
} as const satisfies Record<string, Record<Deed, readonly By[]>>;
type Label = keyof typeof COUNTS;

const LABELS = Object.keys(COUNTS) as Label[];
const DEEDS = ['put', 'removed'] as const;
const CASES = LABELS.flatMap((label) =>
  DEEDS.flatMap((deed) => EVERYBODY.map((by) => [label, deed, by] as const)),
);

const ON_TRACKER: readonly string[] = ['subagent:freeze', 'subagent:pause'];

/** What is done about a label of issue 8, or of the tracking issue 12, after what somebody did to it. */
function about(label: Label, deed: Deed, actor: Actor): readonly string[] {
  const earlier = deed === 'removed' ? [labelEvent('put', label, BY.maintain, START - MINUTE)] : [];
  const events: readonly LabelEvent[] = [...earlier, labelEvent(deed, label, actor, START + MINUTE)];
  const isOnTracker = ON_TRACKER.includes(label);
  const on = (own: string) =>
    deed === 'put' ? [...new Set([own, label])] : [own].filter((it) => it !== label);
  const deployed = label === 'deploy-subagent' ? [] : [labelled('deploy-subagent')];
  const labels = isOnTracker ? deployed : [...deployed, ...events];
  const issue = anIssue(8, { history: read({ labels, edits: [], dependencies: [], closed: null }) });
  const tracker = aTracker(
    isOnTracker ? { labels: read(on('subagent:tracking')), labelEvents: read(events) } : {},
  );
  const snapshot = aSnapshot({
    config: 'allow: { bots: ["helper[bot]"] }',
    issues: [isOnTracker ? issue : { ...issue, labels: read(on('deploy-subagent')) }],
    pulls: label === 'deploy-subagent' && deed === 'put' ? [] : [aPull(28, anIssue(8))],
    trackers: [tracker],
    roles: { linus: role('write'), grace: role('maintain'), tria: role('triage'), root: role('admin') },
  });
  return said(planOf(snapshot).homes);
}

describe('a label by hand', () => {
  test.each(CASES)('%s, %s with %s', (label, deed, by) => {
    const number = ON_TRACKER.includes(label) ? 12 : 8;
    const undone =
      deed === 'put'
        ? `take the label \`${label}\` off #${number}`
        : `put the label \`${label}\` on #${number}`;
    const counts: readonly By[] = COUNTS[label][deed];
    expect(about(label, deed, BY[by])).toEqual(counts.includes(by) ? [] : [`comment on #${number}`, undone]);
  });
});

test('a freeze or a hold that somebody has ended who may not is still that of whoever set it', () => {
  const tracker = aTracker({
    labelEvents: read([
      labelEvent('put', 'subagent:freeze', BY.maintain),
      labelEvent('removed', 'subagent:freeze', BY.write, START + MINUTE),
    ]),
  });
  const labels = [
    labelled('deploy-subagent'),
    labelEvent('put', 'subagent:hold', BY.write),
    labelEvent('removed', 'subagent:hold', BY.triage, START + MINUTE),
  ];
  const issue = anIssue(8, { history: read({ labels, edits: [], dependencies: [], closed: null }) });
  const { view } = judge(aSnapshot({ issues: [issue], pulls: [aPull(28, anIssue(8))], trackers: [tracker] }));
  const hold = view.members[0]?.hold ?? { kind: 'off' };
  expect([view.heard.frozen(view.freeze), view.heard.held(8, hold)]).toEqual([
    { by: 'grace', reason: null },
    { by: 'linus', reason: null },
  ]);
});

describe('the label of the tracking issue', () => {
  test.each(EVERYBODY)('removed with %s is put on again without a word', (by) => {
    const labelEvents = read([
      labelled('subagent:tracking', ME),
      labelEvent('removed', 'subagent:tracking', BY[by], START + MINUTE),
    ]);
    const { homes } = planOf(aSnapshot({ trackers: [aTracker({ labels: read([]), labelEvents })] }));
    expect(said(homes)).toEqual(['put the label `subagent:tracking` on #12']);
  });

  test.each(EVERYBODY)('put with %s on another issue means nothing, and is left there', (by) => {
    const issue = anIssue(8, { labels: ['deploy-subagent', 'subagent:tracking'] });
    const labels = [labelled('deploy-subagent'), labelled('subagent:tracking', BY[by])];
    const marked = { ...issue, history: read({ labels, edits: [], dependencies: [], closed: null }) };
    const { homes } = planOf(
      aSnapshot({ issues: [marked], pulls: [aPull(28, anIssue(8))], trackers: [aTracker()] }),
    );
    expect(said(homes)).toEqual([]);
  });
});
