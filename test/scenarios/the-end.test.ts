import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { approve, createCi, headOf, landed, say, untilQuiet, workOn } from '../support/landing.js';
import { type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const ISSUES = [
  { number: 1, labels: ['effort:2-3h'] },
  { number: 2, labels: ['effort:1h', 'priority:p0'] },
  { number: 3 },
];

describe.each(['fast-forward', 'squash'])('the end of a deployment that landed by %s', (method) => {
  let sandbox: Sandbox;
  let tracker: Loose;
  let pulls: readonly number[];

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: smallSeed({ issues: ISSUES, config: { merge: { method } } }) });
    await sandbox.deploy(1, 2, 3);
    await workOn(sandbox, [1, 2]);
    pulls = await Promise.all([1, 2, 3].map(async (issue) => (await sandbox.pullOf(issue)).number));
    await approve(sandbox, 'maintainer', 1, 2);
    await approve(sandbox, 'writer', 2);
    await sandbox.advance('PT1H');
    await sandbox.unlabel('writer', 3, 'deploy-subagent');
    await sandbox.advance('PT30M');
    await sandbox.label('maintainer', 2, 'subagent:merge');
    await say(sandbox, 'writer', 1, '/merge');
    await untilQuiet(sandbox, createCi(sandbox));
    tracker = await sandbox.tracker();
  }, 90_000);
  afterAll(() => sandbox.stop());

  test('is told in a last comment: what landed in which order, as which commit, by whose word, in which time', async () => {
    const [one, two] = [await sandbox.pullOf(1), await sandbox.pullOf(2)];
    const comments = await sandbox.comments(tracker.number);
    const summary = (comments.at(-1) ?? '').replaceAll('\u200b', '');
    expect(summary).toBe(
      [
        '✅ **The deployment on** `main` **is complete**: ✅ 2 merged, ⛔ 1 cancelled.',
        '',
        'From the first approval to the last end: 1.5h. Effort as estimated: 3-4h, without 1 of unknown effort.',
        '',
        '| Landed | Issue | State | Pull request | Commit | Deployed by | Reviewed by | Asked to land by | Effort | Ended | From approval to end |',
        '| ---: | --- | --- | --- | --- | --- | --- | --- | --- | --- | ---: |',
        row('', 3, '⛔ cancelled: the deploy label was removed', '', '', '', 'unknown', '11:00', '1h'),
        row('1', 2, '✅ merged', commitOf(two), '`grace`', '`grace`', '1h', timeOf(two), '1.5h'),
        row('2', 1, '✅ merged', commitOf(one), '`grace`', '`linus`', '2-3h', timeOf(one), '1.5h'),
      ].join('\n'),
    );
  });

  test('is the last word: the tracking issue is closed and no longer pinned, and stays so', async () => {
    expect([tracker.state, tracker.title]).toEqual(['closed', 'Subagent deployment: 3 issues · ✅ complete']);
    const query =
      '{ repository(owner: "acme", name: "market") { pinnedIssues(first: 3) { nodes { issue { number } } } } }';
    const { data } = await sandbox.graphql('admin', query);
    expect(data.repository.pinnedIssues.nodes).toEqual([]);
    const comments = await sandbox.comments(tracker.number);
    await sandbox.advance('PT2H');
    expect(await sandbox.comments(tracker.number)).toEqual(comments);
    expect(await sandbox.tracker()).toMatchObject({ state: 'closed', updated_at: tracker.updated_at });
  });

  test('leaves the issues that landed closed, and the one that was cancelled open with its branch', async () => {
    const states = await Promise.all([1, 2, 3].map(async (each) => (await sandbox.issue(each)).state));
    expect([states, await landed(sandbox)]).toEqual([
      ['closed', 'closed', 'open'],
      [2, 1],
    ]);
    expect(await sandbox.branches()).toEqual(['feature/issue-3', 'main']);
    expect(await headOf(sandbox, 'feature/issue-3')).not.toBe(await headOf(sandbox, 'main'));
  });

  function row(place: string, issue: number, ...[state, ...cells]: readonly string[]): string {
    const [sha = '', reviewed = '', asked = '', effort = '', time = '', hours = ''] = cells;
    const pull = `[#${pulls[issue - 1]}](../pull/${pulls[issue - 1]})`;
    const own = [place, `[#${issue}](../issues/${issue}) Part ${issue}`, state, pull, sha, '`ada`'];
    return `| ${[...own, reviewed, asked, effort, `2026-01-05 ${time} UTC`, hours].join(' | ')} |`;
  }
});

function commitOf({ merge_commit_sha: sha }: Loose): string {
  return `[\`${sha.slice(0, 7)}\`](../commit/${sha})`;
}

/** Hours and minutes of its merge. */
function timeOf({ merged_at: at }: Loose): string {
  return at.slice('2026-01-05T'.length).slice(0, 'hh:mm'.length);
}
