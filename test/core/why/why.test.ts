import { describe, expect, test } from '@jest/globals';
import { type Issue, type Snapshot, read, unreadable } from '../../../src/core/model/index.js';
import type { GateReason, LandingReason } from '../../../src/core/reasons/reason.js';
import { type Refusal } from '../../../src/core/view/view.js';
import type { MemberStanding, Progress } from '../../../src/core/view/progress.js';
import { answerWhy } from '../../../src/core/why/answer-why.js';
import { DEPLOY, blockedBy, history, labelEvent, ownGate } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  MINUTE,
  NOW,
  type PullParts,
  START,
  aMergedPull,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  labelled,
  person,
  sha,
} from '../../support/view-builder.js';

interface Asked {
  readonly length?: 'full' | 'short';
  readonly refusals?: readonly Refusal[];
  readonly change?: (standing: MemberStanding) => MemberStanding;
}

function why(snapshot: Snapshot, numbers: readonly number[], asked: Asked = {}): string {
  const { length = 'full', refusals = [], change = (standing) => standing } = asked;
  const { view, progress } = judge(snapshot);
  const changed: Progress = { ...progress, standings: progress.standings.map(change) };
  const answer = answerWhy('ada', numbers, { ...view, refusals }, changed, length);
  // Zero-width spaces keep references from being links.
  return answer.replaceAll('\u200b', '');
}

const trackers = [aTracker()];

/** An issue that somebody wants to land, and its pull request, which could. */
function wanted(number: number, ...labels: readonly string[]): Issue {
  return anIssue(number, { labels: [DEPLOY, 'subagent:merge', ...labels] });
}

function ready(issue: Issue, parts: PullParts = {}) {
  const { detail, ...rest } = parts;
  const commit = sha(`work ${issue.number}`);
  const approval = { author: 'grace', state: 'approved', commit, at: NOW } as const;
  return aWorkedPull(issue.number + 20, issue, { ...rest, detail: { reviews: read([approval]), ...detail } });
}

const because = { by: 'octo', reason: 'legal looks at it' };

const GATE = {
  waits: { kind: 'waits', node: '#8', pull: 28, because: [] },
  'dependency closed': { kind: 'dependency closed', node: '#8', how: 'it was closed as not planned' },
  'dependency unreadable': { kind: 'dependency unreadable', node: 'acme/lib#8', why: 'it is not known' },
  'dependencies unread': { kind: 'dependencies unread', why: 'the list is short' },
  cycle: { kind: 'cycle', path: ['#9', '#14', '#13', '#9'] },
  'needs update': { kind: 'needs update', node: '#8', what: 'market_scanner.py' },
  'sharer landing': { kind: 'sharer landing', node: '#8', what: 'market_scanner.py' },
  'files unread': { kind: 'files unread', why: '502' },
  hold: { kind: 'hold', because },
  frozen: { kind: 'frozen', because },
  'approval unread': { kind: 'approval unread', why: 'cannot read the role of linus: 500' },
} satisfies {
  readonly [Kind in Exclude<GateReason['kind'], 'config invalid' | 'issue gone'>]: GateReason & {
    readonly kind: Kind;
  };
};

const LANDING = {
  'not started': { kind: 'not started' },
  draft: { kind: 'draft' },
  'other base': { kind: 'other base', branch: 'next', wanted: 'main' },
  'task file': { kind: 'task file' },
  'not asked': { kind: 'not asked' },
  conflict: { kind: 'conflict', files: unreadable('GitHub was away') },
  'unknown mergeability': { kind: 'unknown mergeability' },
  'changes requested': { kind: 'changes requested', by: ['ada', 'grace'] },
  approvals: { kind: 'approvals', have: 1, need: 2, from: 'neither authors nor asker' },
  'failing checks': { kind: 'failing checks', names: ['build', 'lint'] },
  'pending checks': { kind: 'pending checks', names: ['build'] },
  'checks not started': { kind: 'checks not started', sha: '3f2c1ab0000', overdue: true },
  'checks missing': { kind: 'checks missing', names: ['build'], asked: true, overdue: true },
  settling: { kind: 'settling', sha: '3f2c1ab0000' },
  'base failing': { kind: 'base failing', branch: 'main', names: ['build'] },
  'override would end': { kind: 'override would end' },
  'left queue': { kind: 'left queue', by: 'grace', reason: 'manual' },
  'update refused': { kind: 'update refused', sentence: 'merge conflict between base and head' },
  unread: { kind: 'unread', what: 'its reviews', why: '502' },
} satisfies { readonly [Kind in LandingReason['kind']]: LandingReason & { readonly kind: Kind } };

describe('each reason is said with who or what can change it', () => {
  const nine = anIssue(9);
  const snapshot = aSnapshot({ issues: [nine], pulls: [ready(nine)], trackers });
  const said = (gate: readonly GateReason[], landing: readonly LandingReason[]) =>
    why(snapshot, [9], { change: (standing) => ({ ...standing, state: 'waiting', gate, landing }) });

  test.each(Object.values(GATE))('$kind', (reason) => {
    expect(said([reason], [])).toMatchSnapshot();
  });

  test('an order that was overridden, with what is left only where something is', () => {
    const override = { comment: 700, on: 9, at: null, by: 'grace', reason: 'hotfix' };
    const on = (landing: readonly LandingReason[]) =>
      why(snapshot, [9], { change: (standing) => ({ ...standing, gate: [], landing, override }) });
    expect(on([]) + on([LANDING.draft])).toMatch(/for this head\.\n[^]*for this head; what is left:\n- \*\*/);
  });

  test.each(Object.values(LANDING))('$kind', (reason) => {
    expect(said([], [reason])).toMatchSnapshot();
  });

  test('a configuration that never was valid is said once', () => {
    const broken = { ...snapshot, config: read('merge: { slot: soon }\n') };
    expect(why(broken, [9])).toMatchSnapshot();
  });

  test('those of the gate come first, in their order, then those of the landing in theirs', () => {
    const text = said([GATE.hold, GATE['needs update']], [LANDING.draft, LANDING.conflict]);
    expect(text.match(/\*\*(.*?)\*\*/g)).toEqual([
      '**On hold by octo: legal looks at it**',
      '**Needs an update: #8 landed and shares market_scanner.py**',
      '**Still a draft**',
      '**Conflicts with the base**',
    ]);
  });
});

describe('one that has not started', () => {
  const [five, six] = [anIssue(5), anIssue(6, { blockedBy: blockedBy(5) })];
  const eight = anIssue(8, { blockedBy: blockedBy(6) });

  test('names what has to be merged first, down to who can change that, and what is left after it', () => {
    const pulls = [aWorkedPull(25, five), aPull(26, six), aPull(28, eight)];
    expect(why(aSnapshot({ issues: [five, six, eight], pulls, trackers }), [8])).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     [#8](../issues/8): 💤 not started, pull request [#28](../pull/28)

     - **Waits for [#6](../issues/6) (pull request [#26](../pull/26))**
       - Waits for [#5](../issues/5) (pull request [#25](../pull/25))
         - Approvals: 0 of 1; Nobody has asked for it to land.
         - Somebody with write merges pull request #25 of #5 first, or comments \`/subagent merge\` on it.
     - Before it starts, all of these have to be merged, in this order: [#5](../issues/5), [#6](../issues/6).
     - Before it lands, also: Still a draft; Approvals: 0 of 1; Nobody has asked for it to land."
    `);
  });

  test('has nothing to wait for once that is merged', () => {
    const pulls = [aMergedPull(25, five), aPull(26, six)];
    expect(why(aSnapshot({ issues: [five, six], pulls, trackers }), [6])).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     [#6](../issues/6): 🟡 ready to start, pull request [#26](../pull/26)

     - **Nothing keeps it from starting**
       - Its subagent pushes the work to \`feature/issue-6\`.
     - Before it lands, also: Still a draft; Approvals: 0 of 1; Nobody has asked for it to land."
    `);
  });

  test('says so while its branch and pull request are still to be made', () => {
    expect(why(aSnapshot({ issues: [five], trackers }), [5])).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     [#5](../issues/5): ⏳ provisioning

     - **Its branch, task file or pull request does not exist yet**
       - Nothing to do: they are made in a moment, or after \`/subagent refresh\`."
    `);
    const outdated = aSnapshot({ issues: [five], trackers, config: 'nonsense: 1\n' });
    expect(why({ ...outdated, lastValidConfig: '{}' }, [5])).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     - **\`.github/subagents.yml\` is invalid: line 1: unknown key \\\`nonsense\\\`. Known here: \\\`labels\\\`, \\\`base\\\`, \\\`branch\\\`, \\\`worktree\\\`, \\\`title\\\`, \\\`task-file\\\`, \\\`references\\\`, \\\`allow\\\`, \\\`commands\\\`, \\\`start\\\`, \\\`ready\\\`, \\\`gate\\\`, \\\`merge\\\`, \\\`runner\\\`, \\\`stale-after\\\`, \\\`phases\\\`, \\\`checklist\\\`, \\\`success\\\`, \\\`risks\\\`, \\\`notes\\\`, \\\`stakeholders\\\`, \\\`sync\\\`. Its last valid version stays in force for the gates; nothing new is deployed or landed.**
       - Somebody with write mends \`.github/subagents.yml\` on the default branch.

     [#5](../issues/5): ⏳ provisioning

     - **Its branch, task file or pull request does not exist yet**
       - They are made once the configuration is valid."
    `);
  });
});

describe('one that nothing keeps back', () => {
  const [one, two, three] = [wanted(1), wanted(2), wanted(3)];

  test('lands now', () => {
    expect(why(aSnapshot({ issues: [one], pulls: [ready(one)], trackers }), [1])).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     [#1](../issues/1): 🚚 landing, pull request [#21](../pull/21)

     - It lands now, by squash."
    `);
  });

  test('is not said to land while it is held, or waits for others', () => {
    const held = wanted(1, 'subagent:hold');
    const waiting = anIssue(2, { labels: [DEPLOY, 'subagent:merge'], blockedBy: blockedBy(1) });
    const issues = [held, waiting, three];
    const text = why(aSnapshot({ issues, pulls: issues.map((issue) => ready(issue)), trackers }), [1, 2, 3]);
    expect(text.split('\n').filter((line) => /\bIt \w+ (?:now|next)|its turn/.test(line))).toEqual([
      '- It lands now, by squash.',
    ]);
  });

  test('is brought up to date now', () => {
    const behind = ready(one, { detail: { behindBy: 1, lacks: read([sha('base')]) } });
    const config = 'merge: { method: fast-forward }\n';
    expect(why(aSnapshot({ issues: [one], pulls: [behind], trackers, config }), [1])).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     [#1](../issues/1): 🚚 landing, pull request [#21](../pull/21)

     - It is brought up to date with \`main\` now, and lands once its checks have passed on the result."
    `);
  });

  test('lands next, or waits for its turn, and is told behind whom and why', () => {
    const testing = ready(one, {
      ownChecks: read([ownGate({ base: sha('base'), pull: 21 }, { startedAt: NOW - MINUTE })]),
      detail: { checks: read([{ name: 'build', app: 1, state: 'pending' }]) },
    });
    const pulls = [testing, ready(two), ready(three)];
    expect(why(aSnapshot({ issues: [one, two, three], pulls, trackers }), [1, 2, 3])).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     [#1](../issues/1): 🚚 landing, pull request [#21](../pull/21)

     - **Waits for checks: build**
       - Nothing to do while they run.
     - It is landing: until it has, or is stuck, nothing else lands on \`main\`.

     [#2](../issues/2): ✔️ approved, pull request [#22](../pull/22)

     - It lands next, after [#1](../issues/1), which is landing (Waits for checks: build).

     [#3](../issues/3): ✔️ approved, pull request [#23](../pull/23)

     - It waits for its turn behind [#2](../issues/2), after [#1](../issues/1), which is landing (Waits for checks: build)."
    `);
  });

  test('comes after the others when GitHub has not let it land for an hour', () => {
    const inVain = ready(one, {
      ownChecks: read([ownGate({ base: sha('base'), pull: 21 }, { startedAt: NOW - 2 * HOUR })]),
    });
    const snapshot = aSnapshot({ issues: [one, two], pulls: [inVain, ready(two)], trackers });
    expect(why(snapshot, [1])).toContain('It lands next, after [#2](../issues/2), which lands now.');
  });

  test('waits while GitHub does not answer everything, or refuses', () => {
    const snapshot = aSnapshot({ issues: [one], pulls: [ready(one)], trackers });
    expect(why({ ...snapshot, comments: unreadable('502') }, [1])).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     [#1](../issues/1): ✔️ approved, pull request [#21](../pull/21)

     - Nothing of its own keeps it back. GitHub has not answered everything just now, so that nothing lands until it does."
    `);
    const refusals = [{ deed: 'land pull request #21 by squash', sentence: 'A rule <b>says</b> no, @ada' }];
    expect(why(snapshot, [1], { refusals })).toContain(
      '- **GitHub did not let me land pull request #21 by squash: "A rule \\<b>says\\</b> no, @ada".**',
    );
  });
});

describe('one whose work is over', () => {
  const one = anIssue(1);

  test('is merged, cancelled, or done elsewhere, with the link', () => {
    const two = anIssue(2, {
      state: 'closed',
      stateReason: 'completed',
      closedAt: START + HOUR,
      history: history({
        labels: [labelled(DEPLOY)],
        closed: {
          actor: person('linus'),
          at: START + HOUR,
          pull: { number: 45, repository: 'acme/market', merged: true },
        },
      }),
    });
    const three = anIssue(3);
    const closed = aWorkedPull(23, three, { state: 'closed', closedAt: START + HOUR });
    const pulls = [aMergedPull(21, one), closed];
    expect(why(aSnapshot({ issues: [one, two, three], pulls, trackers }), [1, 2, 3])).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     - [#1](../issues/1) is merged: pull request [#21](../pull/21).

     - [#2](../issues/2) is done elsewhere: pull request [#45](../pull/45) closed it.

     - [#3](../issues/3) is cancelled: the pull request was closed without merging.
       - Somebody with write comments \`/subagent deploy\` on it to deploy it again."
    `);
  });

  test('may be one of which that cannot be told', () => {
    const merged = aMergedPull(21, one, { mergeCommit: null });
    expect(why(aSnapshot({ issues: [one], pulls: [merged], trackers }), [1])).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     [#1](../issues/1), pull request [#21](../pull/21)

     - **Cannot read how its work ended: GitHub does not say which commit the merge has made**
       - It is read again at the next change, or after \`/subagent refresh\`."
    `);
  });
});

describe('an issue that is not part of the deployment', () => {
  const said = (issue: Issue | null) =>
    why(aSnapshot({ issues: issue === null ? [] : [issue], trackers }), [issue?.number ?? 7]);

  test('has no label, is closed, is nobody’s issue, or is the tracking issue', () => {
    expect(said(null)).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     - [#7](../issues/7) is not part of the deployment: it is no open issue with the label \`deploy-subagent\`.
       - Somebody with write reads the issue as it is now, and comments \`/subagent deploy\` on it."
    `);
    expect(said(anIssue(7, { labels: [] }))).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     - [#7](../issues/7) is not part of the deployment: it does not have the label \`deploy-subagent\`.
       - Somebody with write reads the issue as it is now, and comments \`/subagent deploy\` on it."
    `);
    expect(why(aSnapshot({ trackers }), [12])).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     - [#12](../issues/12) is the tracking issue."
    `);
    expect(why({ ...aSnapshot({ trackers }), issues: unreadable('502') }, [7])).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     - [#7](../issues/7) is not part of the deployment: cannot read the issues: 502.
       - It is read again at the next change, or after \`/subagent refresh\`."
    `);
  });

  test('was labelled by somebody who may not', () => {
    expect(said(anIssue(7, { by: person('mallory') }))).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     - [#7](../issues/7) is not part of the deployment: \`mallory\` has the *read* role, and \`deploy-subagent\` needs *write*.
       - Somebody with write reads the issue as it is now, and comments \`/subagent deploy\` on it."
    `);
    expect(said(anIssue(7, { by: { login: 'helper[bot]', kind: 'bot' } }))).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     - [#7](../issues/7) is not part of the deployment: \`helper[bot]\` is a bot that the configuration does not list, and \`deploy-subagent\` needs *write*.
       - Somebody with write reads the issue as it is now, and comments \`/subagent deploy\` on it."
    `);
  });

  test('was changed by an outsider after it was approved', () => {
    const edit = { what: 'body', editor: person('mallory'), at: START + MINUTE } as const;
    expect(said(anIssue(7, { history: history({ labels: [labelled(DEPLOY)], edits: [edit] }) })))
      .toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     - [#7](../issues/7) is not part of the deployment: the text was changed by \`mallory\`, who has no write access, at 2025-02-24 15:57 UTC, just before or after it was approved.
       - Somebody with write reads the issue as it is now, and comments \`/subagent deploy\` on it."
    `);
  });

  test('cannot be judged now', () => {
    expect(said(anIssue(7, { history: unreadable('502') }))).toMatchInlineSnapshot(`
     "@ada: this is how it stands, and who can change that.

     - [#7](../issues/7) is not part of the deployment: cannot read who approved the deployment: 502.
       - It is read again at the next change, or after \`/subagent refresh\`."
    `);
  });
});

test('what people write stays words, and no line begins with a slash', () => {
  const words = '@org fixes #1 <b>x</b> [y](https://evil.example) `c`\n/deploy';
  const nine = anIssue(9);
  const snapshot = aSnapshot({ issues: [nine], pulls: [ready(nine)], trackers });
  const { view, progress } = judge(snapshot);
  const gate = [
    { kind: 'hold', because: { by: words, reason: words } },
    { kind: 'needs update', node: '#8', what: words },
    { kind: 'waits', node: 'acme/lib#8', pull: null, because: [] },
  ] as const;
  const landing = [
    { kind: 'failing checks', names: [words] },
    { kind: 'changes requested', by: [words] },
  ] as const;
  const standings = progress.standings.map((each) => ({ ...each, state: 'waiting', gate, landing }) as const);
  for (const length of ['full', 'short'] as const) {
    const text = answerWhy(
      'ada',
      [9],
      { ...view, refusals: [{ deed: 'do it', sentence: words }] },
      { ...progress, standings },
      length,
    );
    const [, ...lines] = text.split('\n');
    expect(lines.join('\n')).not.toMatch(
      /@org|lib#8|#1\b(?!\])|(?<!\\)<b>|(?<!\\)\]\(https|https:\/\/|(?<!\\)`c/,
    );
    expect(lines.filter((line) => /^\s*\//.test(line))).toEqual([]);
    expect(text).toContain('@\u200borg fixes #\u200b1');
  }
});

describe('many issues', () => {
  test('get a line each, those that are open', () => {
    const [one, two] = [wanted(1), anIssue(2, { blockedBy: blockedBy(1) })];
    const held = anIssue(3, {
      labels: [DEPLOY, 'subagent:hold'],
      history: history({
        labels: [labelEvent('put', DEPLOY, person('linus')), labelEvent('put', 'subagent:hold', ME)],
      }),
    });
    const pulls = [ready(one), aPull(22, two), aWorkedPull(23, held, { draft: true }), aPull(24, anIssue(4))];
    const snapshot = aSnapshot({ issues: [one, two, held, anIssue(4)], pulls, trackers });
    expect(why(snapshot, [1, 2, 3, 4], { length: 'short' })).toMatchInlineSnapshot(`
     "@ada: what each waits for; \`why #8\` says more of one.

     - [#1](../issues/1) 🚚 It lands now, by squash.
     - [#2](../issues/2) 💤 Waits for [#1](../issues/1) (pull request [#21](../pull/21)).
     - [#3](../issues/3) ✋ On hold; Still a draft, and 2 more.
     - [#4](../issues/4) 🟡 ready to start."
    `);
    expect(why(snapshot, [], { length: 'short' })).toBe('@ada: nothing is deployed that has not ended.');
  });

  test('are cut where they would be more than a comment holds, and say so', () => {
    const issues = Array.from({ length: 400 }, (_, index) =>
      anIssue(index + 1, { blockedBy: blockedBy(500) }),
    );
    const pulls = issues.map((issue) => aPull(1_000 + issue.number, issue));
    const numbers = issues.map(({ number }) => number);
    const full = why(aSnapshot({ issues, pulls, trackers }), numbers);
    expect(full.length).toBeLessThan(31_000);
    expect(full).toMatch(/\n\d+ more are not shown: name those that you mean, like `why #8`\.$/);
  });

  test('and one of them with hundreds of reasons takes no more than 40 lines', () => {
    const issue = anIssue(1, {
      blockedBy: blockedBy(...Array.from({ length: 300 }, (_, index) => index + 100)),
    });
    const text = why(aSnapshot({ issues: [issue], pulls: [aPull(21, issue)], trackers }), [1]);
    expect(text.split('\n').length).toBeLessThanOrEqual(44);
    expect(text).toContain('- There is more');
  });
});
