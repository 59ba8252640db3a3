import { expect, test } from '@jest/globals';

import { createActivity, StillBusyError } from '../../src/activity.js';
import { createClock } from '../../src/clock.js';
import { createMover } from '../../src/sandbox/settle.js';

function stuck() {
  const clock = createClock(0, () => 0);
  const activity = createActivity();
  activity.add({ busy: () => ['the queue of acme/market'] });
  return { clock, mover: createMover({ clock, activity, patience: 20 }) };
}

test('settling gives up after its patience and says what it waits for', async () => {
  const { clock, mover } = stuck();
  clock.at(1500, () => undefined);
  const failure = await mover.settle().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StillBusyError);
  expect(failure).toMatchObject({
    waitingFor: ['the queue of acme/market', 'a timer due at 1970-01-01T00:00:01Z'],
  });
  clock.stop();
});

test('moving the clock gives up in the same way', async () => {
  const { clock, mover } = stuck();
  await expect(mover.advance(1000)).rejects.toMatchObject({ waitingFor: ['the queue of acme/market'] });
  clock.stop();
});
