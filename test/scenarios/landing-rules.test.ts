import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import {
  approve,
  createCi,
  headOf,
  landed,
  mainLog,
  mergeAll,
  untilQuiet,
  workOn,
} from '../support/landing.js';
import { type Asked, type Loose, type Sandbox, startSandbox } from '../support/sandbox.js';
import { smallSeed } from '../support/seeds.js';

describe('a base whose ruleset takes pull requests only, and only by squash', () => {
  let sandbox: Sandbox;
  let byHand: Asked;
  let shown: string;

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({ rulesets: [{ pull_request: { methods: ['squash'] } }] }),
    });
    await sandbox.deploy(1);
    await workOn(sandbox, [1]);
    const { number } = await sandbox.pullOf(1);
    byHand = await sandbox.ask('admin', 'PUT', `/repos/acme/market/pulls/${number}/merge`, {
      merge_method: 'rebase',
    });
    shown = (await sandbox.tracker()).body;
    await mergeAll(sandbox);
    await untilQuiet(sandbox, createCi(sandbox));
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('refuses another method to people, whatever their role', () => {
    expect(byHand.status).toBe(405);
    expect(byHand.body.message).toContain('Rebase merges are not allowed');
  });

  test('is landed on by squash, and the tracking issue says why', async () => {
    expect(shown).toContain('Lands by **squash**: `main` takes pull requests only, by squash');
    expect(await landed(sandbox)).toEqual([1]);
    const { number } = await sandbox.pullOf(1);
    expect((await mainLog(sandbox)).at(-1)?.title).toContain(`(#${number})`);
  });
});

describe('a base of signed commits whose last push has to be approved', () => {
  let sandbox: Sandbox;
  let shown: string;
  let first: number[];
  let updated: Loose;
  let reviewed: string;

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: smallSeed({
        methods: ['rebase', 'merge'],
        rulesets: [
          {
            pull_request: { approvals: 1, last_push_approval: true },
            required_checks: [{ context: 'test', app: 'ci' }],
            strict: true,
            signatures: true,
          },
        ],
      }),
    });
    await sandbox.deploy(1, 2);
    await workOn(sandbox, [1, 2]);
    const ci = createCi(sandbox);
    await approve(sandbox, 'maintainer', 1, 2);
    reviewed = (await sandbox.pullOf(2)).head.sha;
    await mergeAll(sandbox);
    await untilQuiet(sandbox, ci);
    first = await landed(sandbox);
    shown = (await sandbox.tracker()).body;
    updated = await sandbox.repo('admin', 'GET', `/commits/${await headOf(sandbox, 'feature/issue-2')}`);
    await approve(sandbox, 'maintainer', 2);
    await untilQuiet(sandbox, ci);
  }, 120_000);
  afterAll(() => sandbox.stop());

  test('is landed on by a merge, since a rebase would lose the signatures', () => {
    expect(shown).toContain('Lands by **merge**');
    expect(first).toEqual([1]);
  });

  test('has the app bring the next one up to date in a signed way, and that asks for an approval anew', () => {
    expect(updated.author.login).toBe('yardmaster[bot]');
    expect(updated.parents.map(({ sha }: Loose) => sha)).toContain(reviewed);
    expect(shown).toContain(`Approvals of \`${updated.sha.slice(0, 7)}\`: 0 of 1`);
  });

  test('takes it once somebody has approved that very head', async () => {
    expect(await landed(sandbox)).toEqual([1, 2]);
  });
});
