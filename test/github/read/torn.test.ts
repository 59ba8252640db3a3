import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';

import type { Snapshot } from '../../../src/core/model/index.js';
import { type Loose, type Reading, type Tamper, startReading } from './support.js';

jest.setTimeout(60_000);

let github: Reading;
let branch: string;
let pull: Loose;
let issue = 10;
beforeAll(async () => {
  github = await startReading();
});
beforeEach(async () => {
  issue += 1;
  branch = `feature/issue-${issue}`;
  pull = await github.pull(branch, { who: 'app' });
});
afterAll(() => github.close());

function mine({ pulls }: Snapshot) {
  return pulls.kind === 'read' ? pulls.value.find(({ number }) => number === pull.number) : pulls;
}

/** Lets a reader begin with what the core said some time ago, and counts how often it asks for it. */
function beginningWith(core: Loose) {
  const asked: string[] = [];
  const tamper: Tamper = (name, _, answer) => {
    asked.push(name);
    return name === 'Core' && asked.indexOf('Core') === asked.length - 1 ? core : answer;
  };
  return { reader: github.newReader(tamper), looks: () => asked.filter((name) => name === 'Core').length };
}

async function presentCore(): Promise<Loose> {
  let core: Loose;
  await github
    .newReader((name, _, answer) => {
      if (name === 'Core') core = answer;
      return answer;
    })
    .read();
  return core;
}

describe('what happened between the first question and the others is seen in the same look', () => {
  test('a pull request that landed, and whose branch was deleted', async () => {
    const core = await presentCore();
    await github.as('admin')('PATCH', '/git/refs/heads/main', { sha: pull.head.sha });
    await github.as('admin')('DELETE', `/git/refs/heads/${branch}`);
    const { reader, looks } = beginningWith(core);
    expect(mine(await reader.read())).toMatchObject({ state: 'merged', detail: { kind: 'read' } });
    expect(looks()).toBe(2);
  });

  test('one that was closed, without a move of its base', async () => {
    const core = await presentCore();
    await github.as('admin')('PATCH', `/pulls/${pull.number}`, { state: 'closed' });
    await github.as('admin')('DELETE', `/git/refs/heads/${branch}`);
    const { reader, looks } = beginningWith(core);
    expect(mine(await reader.read())).toMatchObject({ state: 'closed', detail: { kind: 'read' } });
    expect(looks()).toBe(2);
  });

  test('a branch that moved before its pull request was there', async () => {
    await github.as('app')('POST', '/git/refs', {
      ref: 'refs/heads/feature/issue-8',
      sha: await github.head('main'),
    });
    await github.as('admin')('POST', '/issues/8/labels', { labels: ['deploy-subagent'] });
    const core = await presentCore();
    const sha = await github.commit('feature/issue-8', 'eight.txt', 'eight\n');
    const { reader, looks } = beginningWith(core);
    expect((await reader.read()).branches).toMatchObject({
      value: { 'feature/issue-8': { sha, beyondBase: { kind: 'read', value: [{ sha }] } } },
    });
    expect(looks()).toBe(2);
  });
});

test('a look that stays torn is not taken a third time, and what contradicts itself in it is unreadable', async () => {
  let looks = 0;
  const reader = github.newReader((name, _, answer) => {
    if (name === 'Core') looks += 1;
    if (name !== 'PullDetails') return answer;
    const data = structuredClone(answer.data);
    for (const detail of Object.values<Loose>(data)) detail.headRefOid = 'f'.repeat(40);
    return { ...answer, data };
  });
  expect(mine(await reader.read())).toMatchObject({ detail: { why: 'it changed while it was read' } });
  expect(looks).toBe(2);
});

test('one question is enough for the core of a look in which nothing happened', async () => {
  const { reader, looks } = beginningWith(await presentCore());
  expect(mine(await reader.read())).toMatchObject({ detail: { kind: 'read' } });
  expect(looks()).toBe(1);
});
