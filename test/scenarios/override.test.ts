import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { rowOf, workOn } from '../support/landing.js';
import { type Loose, type Sandbox, type Who, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

const DONE = ['yardmaster[bot]: +1'];
const REFUSED = ['yardmaster[bot]: confused'];
const WAITS = expect.stringMatching(/^Waits for #2 \(pull request #\d+\)$/);

let sandbox: Sandbox;

/** Comments on an issue, and gives the reactions and what the bot answered. */
async function say(who: Who, number: number, body: string): Promise<[string[], string[]]> {
  const before = await sandbox.comments(number);
  const comment = await sandbox.comment(who, number, body);
  await sandbox.settle();
  return [await sandbox.reactions(comment), (await sandbox.comments(number)).slice(before.length + 1)];
}

/** How the gate of #1 stands: its status, conclusion and title. */
async function verdict(issue = 1): Promise<unknown[]> {
  const { status, conclusion, output } = await sandbox.gateOf(issue);
  return [status, conclusion, output.title];
}

async function overridden(by: string, reason: string): Promise<unknown[]> {
  const { head } = await sandbox.pullOf(1);
  return ['completed', 'success', `Order overridden by ${by} for ${head.sha.slice(0, 7)}: ${reason}`];
}

/** Presses a button of a run and lets the bot deal with it. */
async function press(who: Who, run: Loose, identifier: string): Promise<void> {
  await sandbox.click(who, run.id, identifier);
  await sandbox.settle();
}

/** What the bot writes in half an hour in which nothing happens. */
async function writesLater(): Promise<string[]> {
  await sandbox.advance('PT1M');
  await sandbox.forgetRequests();
  await sandbox.advance('PT31M');
  return (await sandbox.asked()).filter(({ kind }) => kind === 'write').map(({ operation }) => operation);
}

beforeAll(async () => {
  sandbox = await startSandbox({
    seed: smallSeed({
      issues: [{ number: 1, blocked_by: [2] }, { number: 2 }, { number: 3 }],
      protection: { required_checks: [{ context: 'merge-order', app: 'yardmaster' }] },
    }),
  });
  await sandbox.deploy(1, 2);
  await workOn(sandbox, [1, 2]);
  await sandbox.advance('PT1M');
}, 60_000);
afterAll(() => sandbox.stop());

describe('an override is refused', () => {
  test('to a person with write', async () => {
    expect(await say('writer', 1, '/override -- I am in a hurry')).toEqual([
      REFUSED,
      ['@linus: `override` needs the *maintain* role; you have *write*.'],
    ]);
  });

  test('without a reason', async () => {
    expect(await say('maintainer', 1, '/override')).toEqual([
      REFUSED,
      ['@grace: `override` needs a reason: `/subagent override -- reason`. Nothing was run.'],
    ]);
  });

  test('where nothing is waited for', async () => {
    expect(await say('maintainer', 2, '/override -- hotfix')).toEqual([
      REFUSED,
      ['@grace: I did not override the order of #2: its gate is free.'],
    ]);
  });

  test('for a head that came after the comment', async () => {
    await sandbox.faults({ webhooks: { drop: 1 } });
    const comment = await sandbox.comment('maintainer', 1, '/override -- hotfix');
    await sandbox.advance('PT5S');
    const head = await sandbox.work(1, { 'late.py': 'late = True\n' });
    await sandbox.faults({});
    await sandbox.advance('PT6M');
    expect(await sandbox.reactions(comment)).toEqual(REFUSED);
    expect((await sandbox.comments(1)).at(-1)).toContain(`${head.slice(0, 7)} of #1 came after your comment`);
    expect(await verdict()).toEqual(['in_progress', null, WAITS]);
  });
});

describe('an override by a maintainer', () => {
  test('frees the gate of that head and says by whom and why', async () => {
    expect(await say('maintainer', 1, '/override -- hotfix, agreed with ops')).toEqual([DONE, []]);
    expect(await verdict()).toEqual(await overridden('grace', 'hotfix, agreed with ops'));
    expect(await verdict(2)).toEqual(['completed', 'success', 'Free to merge: nothing to wait for']);
  });

  test('is shown in the tracking issue', async () => {
    expect(await rowOf(sandbox, 1)).toContain('order overridden by `grace`');
    expect((await sandbox.tracker()).body).toMatch(
      /Order overridden.* by `grace` for .*, \d{4}-\d\d-\d\d \d\d:\d\d UTC: hotfix, agreed with ops \(\[comment\]/,
    );
  });

  test('stays as it is, over a restart of the bot too, and nothing is written again', async () => {
    const { id } = await sandbox.gateOf(1);
    expect(await writesLater()).toEqual([]);
    await sandbox.restartBot();
    expect(await writesLater()).toEqual([]);
    expect((await sandbox.gateOf(1)).id).toBe(id);
  });

  test('stays when its comment is deleted, and so does its time', async () => {
    const comments = await sandbox.repo('admin', 'GET', '/issues/1/comments?per_page=100');
    const comment = comments.findLast((each: Loose) => each.body.startsWith('/override -- hotfix, agreed'));
    const at = `${comment.created_at.slice(0, 16).replace('T', ' ')} UTC`;
    await sandbox.repo('maintainer', 'DELETE', `/issues/comments/${comment.id}`);
    expect(await writesLater()).toEqual([]);
    await sandbox.restartBot();
    await sandbox.advance('PT6M');
    expect(await verdict()).toEqual(await overridden('grace', 'hotfix, agreed with ops'));
    expect((await sandbox.gateOf(1)).output.summary).toContain(`, ${at})`);
    expect((await sandbox.tracker()).body).toContain(`, ${at}: hotfix, agreed with ops`);
  });

  test('ends with the next commit', async () => {
    await sandbox.work(1, { 'more.py': 'more = True\n' });
    await sandbox.settle();
    expect(await verdict()).toEqual(['in_progress', null, WAITS]);
    expect(await rowOf(sandbox, 1)).not.toContain('overridden');
    await sandbox.advance('PT1M');
  });
});

describe('the button that undoes an override', () => {
  test('does nothing for a person with write, who is told once, and nothing at all for others', async () => {
    const pull = await sandbox.pullOf(1);
    expect((await say('admin', pull.number, '/override -- second try'))[0]).toEqual(DONE);
    const gate = await sandbox.gateOf(1);
    await press('writer', gate, 'undo-override');
    await press('writer', gate, 'undo-override');
    expect((await sandbox.comments(pull.number)).slice(1)).toEqual([
      '@linus: the button *Undo override* needs the *maintain* role; you have *write*.',
    ]);
    expect(await verdict()).toEqual(await overridden('ada', 'second try'));
  });

  test('ends it for a maintainer, and the comment does not count again', async () => {
    await press('maintainer', await sandbox.gateOf(1), 'undo-override');
    expect(await verdict()).toEqual(['in_progress', null, WAITS]);
    await sandbox.restartBot();
    expect(await writesLater()).toEqual([]);
    expect(await verdict()).toEqual(['in_progress', null, WAITS]);
  });
});

describe('a re-run', () => {
  test('publishes a fresh run with the same verdict, and that is all', async () => {
    const before = await sandbox.gateOf(2);
    await sandbox.rerun('writer', before.id);
    await sandbox.settle();
    const after = await sandbox.gateOf(2);
    expect(after.id).toBeGreaterThan(before.id);
    expect([after.conclusion, after.external_id]).toEqual(['success', before.external_id]);
    expect(await writesLater()).toEqual([]);
    expect((await sandbox.gateOf(2)).id).toBe(after.id);
  });

  test('of all checks does the same, once', async () => {
    const before = await sandbox.gateOf(2);
    const path = `/_sandbox/check-suites/${before.check_suite.id}/rerun`;
    expect((await sandbox.ask('writer', 'POST', path)).status).toBe(200);
    await sandbox.advance('PT1M');
    const after = await sandbox.gateOf(2);
    expect(after.id).toBeGreaterThan(before.id);
    expect(await writesLater()).toEqual([]);
    expect((await sandbox.gateOf(2)).id).toBe(after.id);
  });

  test('is what "Check again" on a failed gate does, too', async () => {
    const { id } = await sandbox.issue(3);
    await sandbox.repo('writer', 'POST', '/issues/1/dependencies/blocked_by', { issue_id: id });
    await sandbox.edit('writer', 3, { state: 'closed', state_reason: 'not_planned' });
    await sandbox.advance('PT6M');
    const failed = await sandbox.gateOf(1);
    expect(failed.conclusion).toBe('failure');
    await press('writer', failed, 'check-again');
    const again = await sandbox.gateOf(1);
    expect([again.conclusion, again.external_id]).toEqual(['failure', failed.external_id]);
    expect(again.id).toBeGreaterThan(failed.id);
  });
});

describe('what is overridden', () => {
  test('can be merged out of turn although the gate is required, and then nothing more is to be done', async () => {
    const { number } = await sandbox.pullOf(1);
    const merge = () => sandbox.ask('writer', 'PUT', `/repos/acme/market/pulls/${number}/merge`, {});
    expect((await merge()).status).toBe(405);
    const tracker = await sandbox.tracker();
    expect(await say('admin', tracker.number, '/override #1 -- cannot wait')).toEqual([DONE, []]);
    expect(await verdict()).toEqual(await overridden('ada', 'cannot wait'));
    expect((await merge()).status).toBe(200);
    await sandbox.settle();
    expect(await rowOf(sandbox, 1)).toContain('✅ merged');
    expect((await sandbox.issue(2)).state).toBe('open');
    expect(await writesLater()).toEqual([]);
  });
});
