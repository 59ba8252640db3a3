import { expect, test } from '@jest/globals';
import { AppError } from '../../src/app/errors.js';
import type { RepositoryKey } from '../../src/app/ports.js';
import { createSweeps } from '../../src/app/sweeps.js';
import { createFakeClock, settle } from '../support/fake-clock.js';
import { createLogBook } from '../support/log-book.js';

const MINUTE = 60_000;
const market: RepositoryKey = { installation: 1, repository: 'acme/market' };
const stall: RepositoryKey = { installation: 1, repository: 'acme/stall' };

function setUp(installed: readonly RepositoryKey[] = [market, stall]) {
  const clock = createFakeClock();
  const log = createLogBook();
  const asked: string[] = [];
  const state = {
    listed: 0,
    list: async (): Promise<readonly RepositoryKey[]> => installed,
    refuse: undefined as string | undefined,
  };
  const sweeps = createSweeps({
    clock,
    log,
    github: {
      repositories: () => {
        state.listed += 1;
        return state.list();
      },
    },
    enqueue: async ({ repository }) => {
      if (repository === state.refuse) throw new AppError('transient', 'the queue is away');
      asked.push(repository);
    },
  });
  const taken = () => asked.splice(0);
  return { clock, log, sweeps, state, taken };
}

test('every installed repository is swept at the start', async () => {
  const { sweeps, taken } = setUp();
  await sweeps.start();
  expect(taken()).toEqual(['acme/market', 'acme/stall']);
});

test('a repository without open work is swept every 30 minutes', async () => {
  const { clock, sweeps, taken } = setUp();
  await sweeps.start();
  taken();
  await clock.advance(30 * MINUTE - 1);
  expect(taken()).toEqual([]);
  await clock.advance(1);
  expect(taken()).toEqual(['acme/market', 'acme/stall']);
  await clock.advance(30 * MINUTE);
  expect(taken()).toEqual(['acme/market', 'acme/stall']);
});

test('a repository with open work is swept every 5 minutes without a request to GitHub, until the work is done', async () => {
  const { clock, sweeps, state, taken } = setUp();
  await sweeps.start();
  taken();
  sweeps.noteOpenWork(stall, true);
  await clock.advance(10 * MINUTE);
  expect(taken()).toEqual(['acme/stall', 'acme/stall']);
  sweeps.noteOpenWork({ ...stall, repository: 'Acme/Stall' }, false);
  await clock.advance(10 * MINUTE);
  expect(taken()).toEqual([]);
  expect(state.listed).toBe(1);
});

test('a list that cannot be read is logged and read again 5 minutes later', async () => {
  const { clock, log, sweeps, state, taken } = setUp();
  const { list } = state;
  state.list = () => Promise.reject(new Error('no route to GitHub'));
  await sweeps.start();
  expect(taken()).toEqual([]);
  expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
    ['warn', 'The installed repositories could not be listed'],
  ]);
  state.list = list;
  await clock.advance(5 * MINUTE);
  expect(taken()).toEqual(['acme/market', 'acme/stall']);
});

test('while the list cannot be read, repositories with open work are swept all the same', async () => {
  const { clock, sweeps, state, taken } = setUp();
  state.list = () => Promise.reject(new Error('no route to GitHub'));
  await sweeps.start();
  sweeps.noteOpenWork(market, true);
  await clock.advance(5 * MINUTE);
  expect(taken()).toEqual(['acme/market']);
});

test('a list that takes longer than 5 minutes is not asked for twice and holds up no other sweep', async () => {
  const { clock, sweeps, state, taken } = setUp();
  const waiting: ((all: readonly RepositoryKey[]) => void)[] = [];
  state.list = () => new Promise((resolve) => waiting.push(resolve));
  const started = sweeps.start();
  sweeps.noteOpenWork(market, true);
  await clock.advance(10 * MINUTE);
  expect(state.listed).toBe(1);
  expect(taken()).toEqual(['acme/market', 'acme/market']);
  waiting[0]!([market, stall]);
  await started;
  expect(taken()).toEqual(['acme/market', 'acme/stall']);
});

test('a repository that the app was removed from is no longer swept', async () => {
  const { clock, sweeps, state, taken } = setUp();
  await sweeps.start();
  sweeps.noteOpenWork(stall, true);
  state.list = async () => [market];
  await clock.advance(30 * MINUTE);
  taken();
  await clock.advance(5 * MINUTE);
  expect(taken()).toEqual([]);
});

test('a repository that the queue does not take keeps no other from being swept', async () => {
  const { log, sweeps, state, taken } = setUp();
  state.refuse = 'acme/market';
  await sweeps.start();
  expect(taken()).toEqual(['acme/stall']);
  expect(log.lines[0]!.details).toMatchObject({ repository: 'acme/market' });
});

test('nothing is swept after the stop', async () => {
  const { clock, sweeps, taken } = setUp();
  await sweeps.start();
  sweeps.noteOpenWork(market, true);
  taken();
  sweeps.stop();
  await clock.advance(60 * MINUTE);
  await settle();
  expect(taken()).toEqual([]);
  expect(clock.timers()).toEqual([]);
});
