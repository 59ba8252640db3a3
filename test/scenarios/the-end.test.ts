import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { eachFails } from '../support/cuts.js';
import { WORLDS, worldSeed } from '../support/landing-worlds.js';
import { approve, createCi, headOf, landed, say, untilQuiet, workOn } from '../support/landing.js';
import { type Loose, type Requested, type Sandbox, startSandbox } from '../support/sandbox.js';

const ISSUES = [
  { number: 1, labels: ['effort:2-3h'] },
  { number: 2, labels: ['effort:1h', 'priority:p0'] },
  { number: 3 },
];

/** What is written at the end of the deployment with this tracking issue, in this order. */
function endsOf(tracker: number): readonly (readonly [what: string, match: object])[] {
  return [
    ['summary', { method: 'POST', path: `/repos/*/*/issues/${tracker}/comments` }],
    ['unpin', { mutation: 'unpinIssue' }],
    ['close', { method: 'PATCH', path: `/repos/*/*/issues/${tracker}` }],
  ];
}

/** Which of them a write was; undefined for any other. */
function endOf({ method, path, mutations }: Requested, tracker: number): string | undefined {
  if (mutations.includes('unpinIssue')) return 'unpin';
  if (path.endsWith(`/issues/${tracker}/comments`) && method === 'POST') return 'summary';
  return path.endsWith(`/issues/${tracker}`) && method === 'PATCH' ? 'close' : undefined;
}

/** That it comes without errors, too, is with the landings by fast-forward. */
describe.each(WORLDS)('the end of a deployment, cut at every write, by $name', (world) => {
  let sandbox: Sandbox;
  let writes: readonly Requested[];
  let tracker: Loose;
  let pulls: readonly number[];

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: worldSeed(world, { issues: ISSUES }) });
    await sandbox.deploy(1, 2, 3);
    await workOn(sandbox, [1, 2]);
    pulls = await Promise.all([1, 2, 3].map(async (issue) => (await sandbox.pullOf(issue)).number));
    await approve(sandbox, 'maintainer', 1, 2);
    await approve(sandbox, 'writer', 2);
    await sandbox.advance('PT30M');
    await sandbox.label('maintainer', 2, 'subagent:merge');
    await say(sandbox, 'writer', 1, '/merge');
    await untilQuiet(sandbox, createCi(sandbox));
    await sandbox.advance('PT8M');
    const { number } = await sandbox.tracker();
    await sandbox.forgetRequests();
    await sandbox.faults({ requests: eachFails(endsOf(number).map(([, match]) => match)) });
    await sandbox.unlabel('writer', 3, 'deploy-subagent');
    await sandbox.advance('PT40M');
    writes = (await sandbox.asked()).filter(({ kind }) => kind === 'write');
    await sandbox.faults({});
    await sandbox.advance('PT10M');
    tracker = await sandbox.tracker();
  }, 90_000);
  afterAll(() => sandbox.stop());

  test('leaves none of them out: each is a server error before its effect, and again after it', () => {
    const all = writes.filter((write) => endOf(write, tracker.number) !== undefined);
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([502]));
    const whats = endsOf(tracker.number).map(([what]) => what);
    const [done, refused] = [true, false].map((hasEffect) =>
      all
        .filter(({ effects }) => effects.length > 0 === hasEffect)
        .map((write) => endOf(write, tracker.number)),
    );
    expect(new Set(refused)).toEqual(new Set(whats));
    expect(new Set(done)).toEqual(new Set(whats));
    // The text of the tracking issue is written more often.
    for (const what of ['summary', 'unpin']) expect(done?.filter((each) => each === what)).toHaveLength(1);
  });

  test('is told in a last comment: what landed in which order, as which commit, by whose word, in which time', async () => {
    const [one, two] = [await sandbox.pullOf(1), await sandbox.pullOf(2)];
    const { closed_at: cancelled } = await sandbox.pullOf(3);
    const comments = await sandbox.comments(tracker.number);
    const summary = (comments.at(-1) ?? '').replaceAll('\u200b', '');
    expect(summary).toBe(
      [
        '✅ **The deployment on** `main` **is complete**: ✅ 2 merged, ⛔ 1 cancelled.',
        '',
        'From the first approval to the last end: 0.7h. Effort as estimated: 3-4h, without 1 of unknown effort.',
        '',
        '| Landed | Issue | State | Pull request | Commit | Deployed by | Reviewed by | Asked to land by | Effort | Ended | From approval to end |',
        '| ---: | --- | --- | --- | --- | --- | --- | --- | --- | --- | ---: |',
        row('1', 2, '✅ merged', commitOf(two), '`grace`', '`grace`', '1h', timeOf(two.merged_at), '0.5h'),
        row('2', 1, '✅ merged', commitOf(one), '`grace`', '`linus`', '2-3h', timeOf(one.merged_at), '0.5h'),
        row(
          '',
          3,
          '⛔ cancelled: the deploy label was removed',
          '',
          '',
          '',
          'unknown',
          timeOf(cancelled),
          '0.7h',
        ),
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
    await sandbox.advance('PT20M');
    expect(await sandbox.comments(tracker.number)).toEqual(comments);
    expect(comments.filter((text) => text.includes('The deployment on'))).toHaveLength(1);
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

/** Hours and minutes of a time of GitHub's. */
function timeOf(at: string): string {
  return at.slice('2026-01-05T'.length).slice(0, 'hh:mm'.length);
}
