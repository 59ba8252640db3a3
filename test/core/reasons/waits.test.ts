import { describe, expect, test } from '@jest/globals';

import { inWords, judgementOf } from '../../../src/core/gate/verdict.js';
import { type Check, type Issue, type PullDetail, read, unreadable } from '../../../src/core/model/index.js';
import { stateText } from '../../../src/core/tracking/table.js';
import { answerWhy } from '../../../src/core/why/answer-why.js';
import { blockedBy } from '../../support/snapshot.js';
import {
  type PullParts,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  digest,
  judge,
} from '../../support/view-builder.js';

const two = anIssue(2, { blockedBy: blockedBy(1) });
const three = anIssue(3, { blockedBy: blockedBy(2) });

/** #2 waits for #1, and #3 for #2; pull request #21 is that of #1. */
function world(parts: PullParts = {}, one: Issue = anIssue(1), requiredChecks?: readonly string[]) {
  const pulls = [aWorkedPull(21, one, parts), aPull(22, two), aPull(23, three)];
  return judge(
    aSnapshot({
      issues: [one, two, three],
      pulls,
      trackers: [aTracker()],
      ...(requiredChecks && { rules: { requiredChecks } }),
    }),
  );
}

function gateOf(node: string, { view, progress }: ReturnType<typeof world>) {
  const around = {
    tracker: null,
    repository: view.snapshot.repository.url,
    prefix: '/subagent',
    phrases: progress.phrases,
  };
  const reasons = progress.gateReasons(node);
  const verdict = inWords(
    judgementOf({ reasons, sha: 'a'.repeat(40), landing: null, override: null, around }, digest),
  );
  return { ...verdict, summary: verdict.summary.replaceAll('\u200b', '') };
}

function check(name: string, state: Check['state']): Check {
  return { name, app: 15_368, state };
}

function checks(...all: readonly Check[]): PullParts {
  return { detail: { checks: read(all) } };
}

const CONFLICT: Partial<PullDetail> = {
  mergeable: 'conflicting',
  files: read(['b.py', 'a.py', 'own.py']),
  conflict: { changedOnBase: read(['a.py', 'b.py', 'main.py']), told: read(true) },
};

const PLAIN = 'Waits for #1 (pull request #21)';

describe('the gate of one that waits for a pull request which', () => {
  test('conflicts with the base says so, with the files, and what is to be done', () => {
    const gate = gateOf('#2', world({ detail: CONFLICT }));
    expect([gate.status, gate.title]).toEqual([
      'in_progress',
      'Waits for #1 (pull request #21), which conflicts with the base in a.py, b.py',
    ]);
    expect(gate.summary).toContain(
      '- **Waits for #1 (pull request #21)**\n' +
        '  - Conflicts with the base: both change a.py, b.py\n' +
        '    - Its subagent rebases onto the base, or merges it, and pushes.',
    );
  });

  test('conflicts in files that cannot be read, or that nobody knows, says only that', () => {
    const why = unreadable<readonly string[]>('there are more than 300');
    const conflict = { changedOnBase: why, told: read(true) };
    expect(gateOf('#2', world({ detail: { ...CONFLICT, conflict } })).title).toBe(
      `${PLAIN}, which conflicts with the base`,
    );
  });

  test('conflicted with the same head says so while GitHub works that out anew, and no longer once it fits', () => {
    const anew = gateOf('#2', world({ detail: { ...CONFLICT, mergeable: 'unknown' } }));
    expect(anew).toEqual(gateOf('#2', world({ detail: CONFLICT })));
    expect(gateOf('#2', world({ detail: { ...CONFLICT, mergeable: 'mergeable' } })).title).toBe(PLAIN);
  });

  test('fails its checks names them', () => {
    expect(gateOf('#2', world(checks(check('build', 'failed')))).title).toBe(
      `${PLAIN}, whose check build fails`,
    );
    const names = ['build', 'lint', 'test', 'types'];
    const failed = names.map((name) => check(name, 'failed'));
    expect(gateOf('#2', world(checks(...failed), anIssue(1), names)).title).toBe(
      `${PLAIN}, whose checks build, lint, test and 1 more fail`,
    );
  });

  test('is not told again for each check of it that begins or comes to an end', () => {
    const plain = gateOf('#2', world());
    const running = checks(check('build', 'pending'), check('test', 'failed'));
    for (const parts of [checks(check('build', 'pending')), running]) {
      expect(gateOf('#2', world(parts, anIssue(1), ['build', 'test']))).toEqual(plain);
    }
    const optional = checks(check('build', 'passed'), check('optional', 'failed'));
    expect(gateOf('#2', world(optional))).toEqual(plain);
  });

  test('is a draft with failing checks says nothing of them: it is being worked on', () => {
    const draft = { ...checks(check('build', 'failed')), draft: true };
    expect(gateOf('#2', world(draft)).title).toBe(PLAIN);
  });

  test('is held says so, and who held it below', () => {
    const held = anIssue(1, { labels: ['deploy-subagent', 'subagent:hold'] });
    const gate = gateOf('#2', world({}, held));
    expect(gate.title).toBe(`${PLAIN}, which is on hold`);
    expect(gate.summary).toContain('  - On hold by linus\n    - A person with write comments');
  });

  test('is held up by another says that in the tree only', () => {
    const gate = gateOf('#3', world({ detail: CONFLICT }));
    expect(gate.title).toBe('Waits for #2 (pull request #22)');
    expect(gate.summary).toContain(
      '- **Waits for #2 (pull request #22)**\n' +
        '  - Waits for #1 (pull request #21)\n' +
        '    - Conflicts with the base: both change a.py, b.py\n' +
        '      - Its subagent',
    );
  });
});

describe('what one waits for is told alike', () => {
  test('in the table of the tracking issue, where only the issue and its pull request are links', () => {
    const detail = { ...CONFLICT, files: read(['#7.py']), conflict: both('#7.py') };
    const { progress } = world({ detail });
    const standing = progress.standings.find(({ member }) => member.number === 2)!;
    expect(stateText(standing, 60).replaceAll('\u200b', '')).toBe(
      '💤 not started: Waits for [#1](../issues/1) (pull request [#21](../pull/21)), which conflicts with the base in #7.py',
    );
  });

  test('in the answer to why, with what is to be done about it', () => {
    const { view, progress } = world({ detail: CONFLICT });
    const answer = answerWhy('ada', [2], view, progress, 'full').replaceAll('\u200b', '');
    expect(answer).toContain(
      '- **Waits for [#1](../issues/1) (pull request [#21](../pull/21))**\n' +
        '  - Conflicts with the base: both change a.py, b.py\n' +
        '    - Its subagent rebases onto the base, or merges it, and pushes.\n',
    );
    expect(answerWhy('ada', [2], view, progress, 'short').replaceAll('\u200b', '')).toContain(
      'which conflicts with the base in a.py, b.py.',
    );
  });
});

function both(path: string): NonNullable<PullDetail['conflict']> {
  return { changedOnBase: read([path]), told: read(true) };
}
