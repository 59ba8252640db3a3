import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createSystemClock } from '../../src/app/system-clock.js';

const DAY = 86_400_000;

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000 });
});
afterEach(() => {
  jest.useRealTimers();
});

test('a timer runs once, at its time', () => {
  const clock = createSystemClock();
  const ran: number[] = [];
  clock.at(1_500, () => ran.push(clock.now()));
  jest.advanceTimersByTime(499);
  expect(ran).toEqual([]);
  jest.advanceTimersByTime(10_000);
  expect(ran).toEqual([1_500]);
});

test('a time that is past runs soon, but not within the call', () => {
  const clock = createSystemClock();
  const ran: number[] = [];
  clock.at(0, () => ran.push(clock.now()));
  expect(ran).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(ran).toHaveLength(1);
});

test('a timer of 60 days, which is longer than Node can wait, runs after 60 days', () => {
  const clock = createSystemClock();
  const ran: number[] = [];
  clock.at(1_000 + 60 * DAY, () => ran.push(clock.now()));
  jest.advanceTimersByTime(60 * DAY - 1);
  expect(ran).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(ran).toEqual([1_000 + 60 * DAY]);
});

test('a cancelled timer does not run, also after it was armed again', () => {
  const clock = createSystemClock();
  const ran: number[] = [];
  const cancel = clock.at(1_000 + 60 * DAY, () => ran.push(1));
  jest.advanceTimersByTime(40 * DAY);
  cancel();
  jest.advanceTimersByTime(40 * DAY);
  expect(ran).toEqual([]);
});
