import { expect, test } from '@jest/globals';

import { type Lane, createLanes } from '../../src/github/lanes.js';
import { createPacedTransport } from '../../src/github/paced-transport.js';
import type { Transport } from '../../src/github/transport.js';
import { createFakeClock, settle } from '../support/fake-clock.js';

/** Lanes on a clock that is moved by hand; `started` holds each task with its second. */
function createTestLanes(spacing = { write: 1000, notify: 3000 }) {
  const clock = createFakeClock();
  const start = clock.now();
  const lanes = createLanes(clock, spacing);
  const started: string[] = [];
  return {
    clock,
    lanes,
    started,
    run(lane: Lane, name: string, task: () => Promise<unknown> = async () => name): Promise<unknown> {
      return lanes.run(lane, () => {
        started.push(`${name} ${(clock.now() - start) / 1000}`);
        return task();
      });
    },
  };
}

test('writes start a second apart, and what tells people three, in the order they came in', async () => {
  const { run, started, clock } = createTestLanes();
  const all = Promise.all([
    run('write', 'ref'),
    run('notify', 'comment'),
    run('notify', 'issue'),
    run('write', 'label'),
  ]);
  await clock.advance(10_000);
  expect(await all).toEqual(['ref', 'comment', 'issue', 'label']);
  expect(started).toEqual(['ref 0', 'comment 1', 'issue 4', 'label 5']);
});

test('waits are timers that only keep a distance', async () => {
  const { run, clock } = createTestLanes();
  void run('write', 'one');
  void run('write', 'two');
  await settle();
  expect(clock.timers('spacing')).toEqual([clock.now() + 1000]);
  expect(clock.timers('work')).toEqual([]);
});

test('a write that takes long is waited for, and one that comes late enough does not wait', async () => {
  const { run, started, clock } = createTestLanes();
  let finish = () => undefined as void;
  void run('write', 'slow', () => new Promise<void>((resolve) => (finish = resolve)));
  void run('write', 'next');
  await clock.advance(5000);
  expect(started).toEqual(['slow 0']);
  finish();
  await clock.advance(5000);
  await run('write', 'late');
  expect(started).toEqual(['slow 0', 'next 5', 'late 10']);
});

test('without a distance nothing waits for the clock', async () => {
  const { run, started } = createTestLanes({ write: 0, notify: 0 });
  await Promise.all([run('notify', 'one'), run('notify', 'two'), run('write', 'three')]);
  expect(started).toEqual(['one 0', 'two 0', 'three 0']);
});

test('a task that fails stops nothing behind it', async () => {
  const { run, started } = createTestLanes({ write: 0, notify: 0 });
  const refused = async () => Promise.reject(new Error('refused'));
  const failing = [run('write', 'one', refused), run('read', 'two', refused)];
  await Promise.all(failing.map((one) => expect(one).rejects.toThrow('refused')));
  expect(await run('write', 'three')).toBe('three');
  expect(started).toHaveLength(3);
});

test('reads go ten at a time, past waiting writes', async () => {
  const { run, started } = createTestLanes();
  const finishes: (() => void)[] = [];
  void run('write', 'write');
  void run('write', 'waiting');
  const reads = Array.from({ length: 12 }, (_, index) =>
    run('read', String(index), () => new Promise<void>((resolve) => finishes.push(resolve))),
  );
  await settle();
  expect(started.filter((name) => name !== 'write 0')).toHaveLength(10);
  finishes[3]?.();
  await settle();
  expect(started.at(-1)).toBe('10 0');
  finishes.forEach((finish) => finish());
  await settle();
  finishes.forEach((finish) => finish());
  await Promise.all(reads);
  expect(started.at(-1)).toBe('11 0');
});

test.each([
  ['read', 'GET', '/repos/{owner}/{repo}/issues'],
  ['notify', 'POST', '/repos/{owner}/{repo}/issues'],
  ['notify', 'POST', '/repos/{owner}/{repo}/issues/{issue_number}/comments'],
  ['notify', 'POST', '/repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by'],
  ['notify', 'POST', '/repos/{owner}/{repo}/pulls'],
  ['notify', 'PUT', '/repos/{owner}/{repo}/pulls/{pull_number}/merge'],
  ['write', 'PATCH', '/repos/{owner}/{repo}/issues/{issue_number}'],
  ['write', 'POST', '/repos/{owner}/{repo}/labels'],
  ['write', 'POST', '/repos/{owner}/{repo}/issues/{issue_number}/labels'],
] as const)('the %s lane takes %s %s', async (lane, method, route) => {
  const { seen, transport } = createSeeing();
  expect(await transport.rest(method, route)).toEqual({ status: 200, data: route, headers: {} });
  expect(seen).toEqual([lane]);
});

test.each([
  ['read', 'query Core { viewer { login } }'],
  ['read', '{ viewer { login } }'],
  ['write', 'mutation Pin($i0: PinIssueInput!) { f0: pinIssue(input: $i0) { clientMutationId } }'],
  [
    'notify',
    '\n  mutation Provision($i0: CreatePullRequestInput!) { f0: createPullRequest(input: $i0) { clientMutationId } }',
  ],
] as const)('the %s lane takes %s', async (lane, document) => {
  const { seen, transport } = createSeeing();
  expect(await transport.graphql(document)).toEqual({ data: document, errors: [] });
  expect(seen).toEqual([lane]);
});

/** A paced transport that answers with what it was asked, and the lanes that it used. */
function createSeeing() {
  const seen: Lane[] = [];
  const inner: Transport = {
    graphql: async (document) => ({ data: document as never, errors: [] }),
    rest: async (_, route) => ({ status: 200, data: route, headers: {} }),
  };
  const transport = createPacedTransport(inner, {
    run(lane, task) {
      seen.push(lane);
      return task();
    },
  });
  return { seen, transport };
}
