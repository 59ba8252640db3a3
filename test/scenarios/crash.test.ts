import { expect, test } from '@jest/globals';

import { type NormalForm, normalForm } from '../support/normal-form.js';
import { type Sandbox, startSandbox } from '../support/sandbox.js';
import { MARKET } from '../support/seeds.js';

/** One issue with a *shares* line and one that waits for it: every kind of write of a deployment is in the story. */
const SEED = `${MARKET}issues:
  - { number: 1, title: First, author: olaf, body: "### Shares\\n\\nscan.py" }
  - { number: 2, title: Second, author: olaf, body: "Depends on #1" }
`;

interface Told {
  readonly form: NormalForm;
  readonly effects: readonly number[];
}

/** Tells one story in a sandbox of its own: both issues are labelled, `deploy` sees to it that they are deployed. */
async function story(deploy: (sandbox: Sandbox) => Promise<void>): Promise<Told> {
  const sandbox = await startSandbox({ seed: SEED });
  try {
    await sandbox.forgetRequests();
    for (const number of [1, 2]) await sandbox.label('writer', number, 'deploy-subagent');
    await deploy(sandbox);
    await sandbox.advance('PT2M');
    const effects = (await sandbox.requests()).flatMap((request) => request.effects);
    return { form: await normalForm(sandbox), effects };
  } finally {
    await sandbox.stop();
  }
}

/** From this effect on the bot meets closed connections only; then a new one takes over. */
function cutAfter(effect: number): Promise<Told> {
  return story(async (sandbox) => {
    await sandbox.faults({ cut: { after: effect } });
    await sandbox.settle();
    await sandbox.faults({});
    await sandbox.restartBot();
  });
}

test('a deployment that is cut off after any one of its effects is completed by the next process', async () => {
  const { form, effects } = await story((sandbox) => sandbox.settle());
  expect(form.pulls.map((pull) => [pull.name, pull.assignees, pull.checks.length])).toEqual([
    ['pull of feature/issue-1', ['linus'], 1],
    ['pull of feature/issue-2', ['linus'], 1],
  ]);
  expect(form.pins).toEqual(['tracking issue 1']);
  for (const effect of effects) {
    const cut = await cutAfter(effect);
    expect({ effect, form: cut.form }).toEqual({ effect, form });
  }
  process.stdout.write(
    `Cut after each of the ${effects.length} effects of deploying two issues: K = ${effects.length}\n`,
  );
}, 180_000);
