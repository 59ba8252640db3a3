import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/app/errors.js';
import type { Click } from '../../src/app/ports.js';
import { keyOf, setUpQueue } from './support.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A queue, and clicks made now. */
function setUp() {
  const queue = setUpQueue();
  const click = (login: string, run = 1): Click => ({
    by: { login, kind: 'person' },
    sha: 'a'.repeat(40),
    run,
    identifier: 'undo-override',
    at: queue.clock.now(),
  });
  const press = (login: string, run?: number) =>
    queue.queue.enqueue(keyOf('market'), 'check_run.requested_action', undefined, click(login, run));
  const given = () => queue.clicks.map((clicks) => clicks.map(({ by, run }) => `${by.login} ${run}`));
  return { ...queue, press, given };
}

describe('clicks', () => {
  test('are all given to the one run that many hints are made to, equal ones once', async () => {
    const { clock, queue, press, given } = setUp();
    await queue.enqueue(keyOf('market'), 'issues.labeled');
    await press('grace');
    await press('linus');
    await press('grace');
    await press('grace', 2);
    await clock.advance(250);
    expect(given()).toEqual([['grace 1', 'linus 1', 'grace 2']]);
  });

  test('are given to one run only, and those that come during a run to the next', async () => {
    const { clock, press, given, going } = setUp();
    await press('grace');
    await clock.advance(250);
    await press('linus');
    await going()[0]!.end();
    await clock.advance(10 * SECOND);
    expect(given()).toEqual([['grace 1'], ['linus 1']]);
  });

  test('are given again after a run that failed in passing, and not after one that failed for good', async () => {
    const { clock, press, given, going } = setUp();
    await press('grace');
    await clock.advance(250);
    await going()[0]!.fail(new AppError('transient', '502'));
    await clock.advance(10 * SECOND);
    await going()[0]!.fail(new AppError('terminal', 'no'));
    await press('linus');
    await clock.advance(MINUTE);
    expect(given()).toEqual([['grace 1'], ['grace 1'], ['linus 1']]);
  });

  test('that a run could not judge are given to the next, which comes as soon as the distance allows', async () => {
    const { clock, press, given, going, clicks, since, runs } = setUp();
    await press('grace');
    await clock.advance(250);
    await going()[0]!.end({ clicks: clicks[0]! });
    await clock.advance(10 * SECOND);
    expect(given()).toEqual([['grace 1'], ['grace 1']]);
    expect(since() - runs[1]!.began).toBeLessThan(SECOND);
    await going()[0]!.end();
    await clock.advance(MINUTE);
    expect(runs).toHaveLength(2);
  });

  test('are kept for ten minutes and no longer', async () => {
    const { clock, press, given, going, clicks } = setUp();
    await press('grace');
    await clock.advance(250);
    await clock.advance(9 * MINUTE);
    await going()[0]!.end({ clicks: clicks[0]! });
    await clock.advance(10 * SECOND);
    await clock.advance(MINUTE);
    await going()[0]!.end({ clicks: clicks[1]! });
    await clock.advance(10 * SECOND);
    expect(given()).toEqual([['grace 1'], ['grace 1'], []]);
  });

  test('beyond a hundred of one repository are dropped, and the log says so', async () => {
    const { clock, press, clicks, log } = setUp();
    for (let run = 0; run < 105; run += 1) await press('mallory', run);
    await clock.advance(250);
    expect(clicks[0]).toHaveLength(100);
    expect(log.lines.at(-1)?.message).toBe('There are too many clicks');
  });
});
