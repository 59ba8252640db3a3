import { describe, expect, test } from '@jest/globals';
import { type LabelEvent, read } from '../../../src/core/model/index.js';
import { DEPLOY, history, labelEvent } from '../../support/snapshot.js';
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
} from '../../support/view-builder.js';
import { said, planOf } from '../plan/support.js';

const tria = person('tria');
const by = (deed: 'put' | 'removed', login: string, minute: number): LabelEvent =>
  labelEvent(deed, DEPLOY, person(login), START + minute * MINUTE);

/** An issue that is being worked on, whose label had these events after linus put it. */
function deployed(...events: readonly LabelEvent[]) {
  const issue = anIssue(8, { history: history({ labels: [labelled(DEPLOY), ...events] }) });
  return aSnapshot({ issues: [issue], pulls: [aPull(21, issue)], trackers: [aTracker()] });
}

describe('a deploy label that is taken off and put on again', () => {
  test('by people who may do neither, the first approval holds and nothing is ended', () => {
    const snapshot = deployed(by('removed', tria.login, 5), by('put', tria.login, 6));
    const { view } = judge(snapshot);
    expect(view.members).toHaveLength(1);
    expect(view.members[0]?.approval).toMatchObject({ kind: 'given', by: 'linus' });
    const { homes, rest } = planOf(snapshot);
    expect(said(homes)).toEqual([]);
    expect(said(rest).join()).not.toContain('Not part of a subagent deployment');
  });

  test('again and again, it still does', () => {
    const snapshot = deployed(
      by('removed', 'tria', 5),
      by('put', 'tria', 6),
      by('removed', 'mallory', 7),
      by('put', 'tria', 8),
    );
    expect(judge(snapshot).view.members[0]?.approval).toMatchObject({ kind: 'given', by: 'linus' });
  });

  test('after somebody with write has taken it off, it is refused', () => {
    const snapshot = deployed(by('removed', 'ada', 5), by('put', 'tria', 6));
    expect(judge(snapshot).view.judged[0]?.approval).toMatchObject({ kind: 'refused', by: 'tria' });
  });

  test('by somebody whose role is not known, it cannot be judged', () => {
    const snapshot = deployed(by('removed', 'stranger', 5), by('put', 'tria', 6));
    const { approval } = judge(snapshot).view.judged[0] ?? {};
    expect(approval).toMatchObject({ kind: 'unread', why: expect.stringContaining('stranger') });
  });

  test('by the app, it is refused: the app takes it off only where it has ended', () => {
    const snapshot = deployed(labelEvent('removed', DEPLOY, ME, START + 5 * MINUTE), by('put', 'tria', 6));
    expect(judge(snapshot).view.judged[0]?.approval.kind).toBe('refused');
  });

  test('without an open pull request there is nothing to go on with', () => {
    const { pulls, ...snapshot } = deployed(by('removed', 'tria', 5), by('put', 'tria', 6));
    const closed =
      pulls.kind === 'read' ? pulls.value.map((pull) => ({ ...pull, state: 'closed' as const })) : [];
    const judgedAgain = judge({ ...snapshot, pulls: read(closed) });
    expect(judgedAgain.view.judged[0]?.approval.kind).toBe('refused');
  });
});
