import { describe, expect, test } from '@jest/globals';
import {
  type Comment,
  type Edit,
  type History,
  type Issue,
  type Readable,
  type Snapshot,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { blocker } from '../../support/snapshot.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import {
  HOUR,
  ME,
  NOW,
  START,
  type SnapshotParts,
  aMergedPull,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  labelled,
  person,
  taskCommit,
  taskText,
} from '../../support/view-builder.js';

/** The items under `Needs you`; none if the section is left out. */
function needs(snapshot: Snapshot): readonly string[] {
  const { view, progress } = judge(snapshot);
  const { body } = renderTracker(view, progress, '0.1.0');
  const section = body.split('\n\n## ').find((part) => part.startsWith('Needs you')) ?? '';
  return section.split('\n').filter((line) => line.startsWith('- '));
}

const issue = anIssue(8, { title: 'Lock', body: 'Do it.' });

function deployed(parts: SnapshotParts = {}): Snapshot {
  return aSnapshot({ issues: [issue], pulls: [aPull(21, issue)], trackers: [aTracker()], ...parts });
}

function withHistory(change: Partial<History>, parts: Partial<Issue> = {}): Issue {
  const events = { labels: [labelled('deploy-subagent')], edits: [], dependencies: [], closed: null };
  return { ...issue, ...parts, history: read({ ...events, ...change }) };
}

/** `open issue #8, and its pull request #21 with this in its detail`, ready for review. */
function inReview(
  detail: NonNullable<Parameters<typeof aWorkedPull>[2]>['detail'] = {},
  parts = {},
): Snapshot {
  return deployed({ pulls: [aWorkedPull(21, issue, { detail })], ...parts });
}

test('nothing is said where nothing waits for a person', () => {
  expect(needs(deployed())).toEqual([]);
});

describe('of one subagent', () => {
  test('a review that is missing', () => {
    expect(needs(inReview())).toEqual([
      '- [#8](../issues/8): **Approvals: 0 of 1.** A person with write, who neither wrote it nor asked for it, approves it.',
    ]);
  });

  test('a review that is missing, where approvals of its own people count', () => {
    expect(needs(inReview({}, { config: 'merge:\n  self-approval: true\n' }))).toEqual([
      '- [#8](../issues/8): **Approvals: 0 of 1.** A person with write approves it.',
    ]);
  });

  test('a review that is missing in a repository of a person, whose own approval counts', () => {
    expect(needs(inReview({}, { repository: { ownerIsOrganization: false } }))).toEqual([
      '- [#8](../issues/8): **Approvals: 0 of 1.** A person with write, who wrote none of it, approves it.',
    ]);
  });

  test('no review is asked for while it is a draft', () => {
    const pulls = [aWorkedPull(21, issue, { draft: true })];
    expect(needs(deployed({ pulls }))).toEqual([]);
  });

  test('changes that a review asks for', () => {
    const review = { author: 'ada_corp', state: 'changes requested', commit: null, at: START } as const;
    const [first] = needs(inReview({ reviews: read([review]) }, { rules: { approvals: 0 } }));
    expect(first).toBe(
      '- [#8](../issues/8): **Changes requested by ada_corp.** Answer the review; ada_corp can approve or dismiss it.',
    );
  });

  test('a check that failed, also on a draft', () => {
    const failed = read([{ name: 'build', app: 1, state: 'failed' as const }]);
    const pulls = [aWorkedPull(21, issue, { draft: true, detail: { checks: failed } })];
    expect(needs(deployed({ pulls }))).toEqual([
      '- [#8](../issues/8): **Failing: build.** Mend what they report and push, or run them again.',
    ]);
  });

  test('a conflict', () => {
    const [first] = needs(inReview({ mergeable: 'conflicting' }));
    expect(first).toContain('**Conflicts with the base.** Its subagent rebases');
  });

  test('CI that never started on its work, but not on the task alone', () => {
    expect(needs(inReview({ checks: read([]) })).join()).toContain('CI never started on');
    expect(needs(deployed())).toEqual([]);
  });

  test('a wish to land that nobody has uttered yet, once everything else is so', () => {
    expect(needs(inReview({}, { rules: { approvals: 0 } }))).toEqual([
      '- [#8](../issues/8): **Nobody has asked for it to land.** A person with write comments `/subagent merge`.',
    ]);
  });

  test('a dependency that was closed unmerged, and one that cannot be read', () => {
    const far = { id: 'x', databaseId: 7, number: 7, repository: 'acme/feed', stateReason: null } as const;
    const dependent = {
      ...issue,
      blockedBy: read([
        { ...far, state: 'closed' as const, stateReason: 'not_planned' as const, closed: read(null) },
        {
          ...far,
          number: 9,
          state: 'closed' as const,
          stateReason: 'completed' as const,
          closed: unreadable<null>('not yours'),
        },
      ]),
    };
    const found = needs(deployed({ issues: [dependent] }));
    expect(found).toHaveLength(2);
    expect(found[0]).toContain('Cannot wait for acme/feed#\u200b7: it was closed as not planned.');
    expect(found[0]).toContain('If not: a person with write removes it');
    expect(found[1]).toContain('Cannot read acme/feed#\u200b9: not yours.');
  });

  test('a dependency that somebody has removed who may not, as long as it keeps something back', () => {
    const { closed: _, ...blocking } = blocker(7);
    const robbed = (of: Partial<typeof blocking>, parts: SnapshotParts = {}) => {
      const removal = { added: false, actor: person('tria'), at: START + HOUR };
      const dependencies = [{ ...removal, blocking: { ...blocking, ...of } }];
      const { issues = [] } = parts;
      return needs(deployed({ ...parts, issues: [withHistory({ dependencies }), ...issues] }));
    };
    expect(robbed({})).toEqual([
      '- [#8](../issues/8): **It still waits for [#7](../issues/7): `tria` removed that, which needs *write*.** Somebody with write frees it by `/subagent not-depends-on #7` on the issue.',
    ]);
    expect(robbed({ repository: 'acme/lib' })[0]).toContain('`/subagent not-depends-on acme/lib#7`');
    const landed = anIssue(9);
    const pulls = [aPull(21, issue), aMergedPull(22, landed)];
    expect(robbed({ number: 9 }, { issues: [landed], pulls })).toEqual([]);
  });

  test('a closing by somebody who may not end the work', () => {
    const closed = { actor: person('mallory'), at: START + HOUR, pull: null };
    const outsider = withHistory({ closed }, { state: 'closed', stateReason: 'completed' });
    const pulls = [aPull(21, issue)];
    const [first] = needs(deployed({ issues: [outsider], pulls }));
    expect(first).toBe(
      '- [#8](../issues/8): **The issue was closed by `mallory`, who may not end its work.** A person with write reopens it, or ends the work with `/subagent cancel`.',
    );
  });

  test('an edit of text and title after the task was recorded, until it is undone', () => {
    const edit = (what: Edit['what']): Edit => ({ what, editor: person('mallory'), at: START + HOUR });
    const edited = withHistory(
      { edits: [edit('body'), edit('title')] },
      { title: 'Locks', body: 'Do more.' },
    );
    const tasks = { [taskCommit(issue).sha]: read(taskText(issue)) };
    const found = needs(deployed({ issues: [edited], tasks }));
    expect(found).toHaveLength(2);
    expect(found[0]).toContain('**The title was changed by `mallory` after the task was recorded.**');
    expect(found[1]).toContain('**The text was edited by `mallory` after the task was recorded.**');
    const undone = withHistory({ edits: [edit('body'), edit('title')] });
    expect(needs(deployed({ issues: [undone], tasks }))).toEqual([]);
  });

  test('an edit of dependency lines after the task was recorded, and what it would change', () => {
    const recorded = { ...issue, body: 'Depends on #4, #5' };
    const tasks = { [taskCommit(issue).sha]: read(taskText(recorded)) };
    const edited = (body: string) => needs(deployed({ issues: [{ ...recorded, body }], tasks })).at(-1);
    expect(edited('Depends on #5, acme/lib#7')).toContain(
      '**The text was edited after the task was recorded: it now depends on `acme/lib#7`, and it no longer depends on [#4](../issues/4), which has no effect yet.**',
    );
    expect(edited('Nothing to wait for.')).toContain(
      'recorded: it no longer depends on [#4](../issues/4), [#5](../issues/5), which',
    );
    expect(edited('Depends on #5, #4')).toContain('**The text was edited after the task was recorded.**');
  });

  test('a dependency line that cannot be read', () => {
    const unclear = { ...issue, body: 'Depends on the lock\n\n### Shares\n\n-- note only' };
    const found = needs(deployed({ issues: [unclear] }));
    expect(found[0]).toContain(
      '**Line 1 cannot be read: `Depends on the lock` names no issue that I can read;',
    );
    expect(found[0]).toContain('`/subagent depends-on`');
    expect(found[1]).toContain('Line 5 cannot be read: `-- note only` no name before the note;');
  });
});

describe('of the whole deployment', () => {
  test('the gate that the base does not require, and how to require it', () => {
    const found = needs(deployed({ rules: { requiredChecks: ['build'] } }));
    expect(found).toEqual([
      '- **The check `merge-order` is not required on `main`, so people can merge out of order.** An admin requires it in the [rules of the repository](../settings/rules): *Require status checks to pass*, `merge-order`, with this app as its source.',
    ]);
  });

  test('an error in the settings with its line', () => {
    const [broken] = needs(deployed({ config: 'base: main\nmerg: {}\n' }));
    expect(broken).toContain('**`.github/subagents.yml` is invalid: line 2: unknown key');
    expect(broken).toContain('Did you mean \\`merge\\`? It never was valid');
    expect(broken).toContain('It never was valid, so the gates fail; nothing new is deployed or landed.**');
    const [ofOwner] = needs(deployed({ config: 'merg: {}\n', configFrom: 'acme/.github' }));
    expect(ofOwner).toContain(
      'mends `.github/subagents.yml` on the default branch of `acme/.github`, or adds `.github/subagents.yml` here',
    );
    const parts = { config: 'merg: {}\n', lastValidConfig: 'base: main\n' };
    expect(needs(deployed(parts))[0]).toContain('Its last valid version stays in force');
  });

  test('one that left the merge queue, and one that a person put there and that may not land', () => {
    const issues = [anIssue(4), anIssue(8, { labels: ['deploy-subagent', 'subagent:hold'] })];
    const [four, eight] = [aWorkedPull(24, anIssue(4)), aWorkedPull(28, anIssue(8))];
    const left = { at: NOW, by: null, reason: 'checks_timed_out' };
    const queued = { position: 1, by: person('grace'), group: null };
    const pulls = [
      { ...four, leftQueue: read(left) },
      { ...eight, queued: read(queued) },
    ];
    const found = needs(deployed({ issues, pulls, rules: { mergeQueue: true, approvals: 0 } }));
    expect(found.filter((line) => line.includes('queue'))).toMatchInlineSnapshot(`
     [
       "- [#4](../issues/4): **Left the merge queue: its checks took too long there.** Mend what failed and push: a new head is put there again. A person with write comments \`/subagent merge\` to have it put there once more as it is.",
       "- [#8](../issues/8): **Pull request [#28](../pull/28) is in the merge queue at place 1, where \`grace\` put it, and may not land: On hold by linus.** Somebody with write takes it out, on its page: the app takes out only what it put there itself.",
     ]
    `);
  });

  test('a method by which nothing can land', () => {
    const [first] = needs(deployed({ config: 'merge:\n  method: queue\n' }));
    expect(first).toContain(
      '**No pull request can land: the configuration says queue, and main has no merge queue.** A maintainer changes `merge.method`',
    );
  });

  test('an approval that cannot be read', () => {
    const unread = { ...issue, number: 9, history: unreadable<History>('GitHub timed out') };
    const found = needs(deployed({ issues: [issue, unread] }));
    expect(found).toEqual([
      '- [#9](../issues/9): **Cannot read who approved the deployment: GitHub timed out.** It is read again at the next change, or after `/subagent refresh`.',
    ]);
  });

  test('one cause for several subagents is said once', () => {
    const issues = [anIssue(4), anIssue(8)];
    const pulls = issues.map((each) => aWorkedPull(20 + each.number, each));
    const checks: Readable<readonly []> = unreadable('GitHub timed out');
    const found = needs(deployed({ issues, pulls, rules: { approvals: 0 }, base: { checks } }));
    expect(found.filter((line) => line.includes('timed out'))).toEqual([
      expect.stringContaining(
        '[#4](../issues/4), [#8](../issues/8): **Cannot read the checks of main: GitHub timed out.**',
      ),
    ]);
  });

  test('a cycle is said once for all on it', () => {
    const on = (number: number, other: number): Issue =>
      anIssue(number, {
        blockedBy: read([
          {
            id: 'x',
            databaseId: 1_000 + other,
            number: other,
            repository: 'acme/market',
            state: 'open',
            stateReason: null,
            closed: read(null),
          },
        ]),
      });
    const issues = [on(4, 8), on(8, 4)];
    const found = needs(deployed({ issues, pulls: issues.map((each) => aPull(20 + each.number, each)) }));
    expect(found).toEqual([
      '- [#4](../issues/4), [#8](../issues/8): **Dependency cycle: [#4](../issues/4) → [#8](../issues/8) → [#4](../issues/4).** A person with write removes one of these dependencies from its issue.',
    ]);
  });
});

describe('who keeps it back is said in the verdict, too', () => {
  function verdict(snapshot: Snapshot): string {
    const { view, progress } = judge(snapshot);
    return renderTracker(view, progress, '0.1.0').body.split('\n')[0]!;
  }

  const comment: Comment = {
    id: 1,
    nodeId: 'c',
    number: 8,
    onPull: false,
    author: person('tria'),
    body: '/subagent hold -- waiting for @legal',
    createdAt: START + HOUR,
    editedByOthers: false,
    edited: false,
    answered: 'done',
    url: '',
  };

  test('a hold by command', () => {
    const labels = ['deploy-subagent', 'subagent:hold'];
    const history = read({
      labels: [labelled('deploy-subagent'), labelled('subagent:hold', ME, START + HOUR)],
      edits: [],
      dependencies: [],
      closed: null,
    });
    const held = deployed({
      issues: [{ ...issue, labels: read(labels), history }],
      comments: read([comment]),
    });
    expect(verdict(held)).toContain('On hold by `tria`: [#8](../issues/8).');
    expect(needs(held)[0]).toContain('**On hold by tria: waiting for @\u200blegal.** A person with write');
  });

  test('a freeze by hand', () => {
    const labels = read(['subagent:tracking', 'subagent:freeze']);
    const labelEvents = read([labelled('subagent:freeze', person('grace'))]);
    const frozen = deployed({ trackers: [aTracker({ labels, labelEvents })] });
    expect(verdict(frozen)).toContain('**Frozen by grace**: nothing lands.');
    expect(needs(frozen)[0]).toContain('**Frozen by grace.** A maintainer comments `/subagent unfreeze`');
  });
});
