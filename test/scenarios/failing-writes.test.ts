import { expect, test } from '@jest/globals';

import { type NormalForm, normalForm } from '../support/normal-form.js';
import { startSandbox } from '../support/sandbox.js';
import { MARKET } from '../support/seeds.js';

const SEED = `${MARKET}issues:
  - { number: 1, title: First, author: olaf, body: "### Shares\\n\\nscan.py" }
  - { number: 2, title: Second, author: olaf, body: "Depends on #1" }
`;

/** Deploys two issues while each write of the bot fails once, and gives what people then see. */
async function deployed(when?: 'before' | 'after'): Promise<{ form: NormalForm; failed: number }> {
  const sandbox = await startSandbox({ seed: SEED });
  try {
    if (when !== undefined) {
      const operations = [
        'issues/create-label',
        'issues/create',
        'Provision',
        'WriteTogether',
        'issues/update',
      ];
      const answer = { status: 502, headers: {}, body: { message: 'Server Error' } };
      await sandbox.faults({
        requests: operations.map((operation) => ({ match: { operation }, when, answer })),
      });
    }
    for (const number of [1, 2]) await sandbox.label('writer', number, 'deploy-subagent');
    await sandbox.advance('PT31M');
    const failed = when === undefined ? 0 : (await sandbox.fired()).reduce((sum, fired) => sum + fired, 0);
    return { form: await normalForm(sandbox), failed };
  } finally {
    await sandbox.stop();
  }
}

test('a server error before or after the effect of any write of a deployment makes nothing twice and loses nothing', async () => {
  const { form } = await deployed();
  expect(form.issues.map((issue) => issue.name)).toEqual(['#1', '#2', 'tracking issue 1']);
  expect(form.pulls.map((pull) => pull.name)).toEqual(['pull of feature/issue-1', 'pull of feature/issue-2']);
  for (const when of ['before', 'after'] as const) {
    const faulty = await deployed(when);
    expect(faulty.failed).toBe(5);
    expect({ when, form: faulty.form }).toEqual({ when, form });
  }
}, 60_000);
