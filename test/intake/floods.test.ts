import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { createMemoryQueue } from '../../src/queue/memory-queue.js';
import { createFakeClock, settle } from '../support/fake-clock.js';
import { createLogBook } from '../support/log-book.js';
import { PATH, PAYLOAD, withIntake } from './support.js';

const MIB = 1024 * 1024;

/** The head of a webhook whose signature is wrong. */
function headOf(length: string): string {
  const headers = [
    'host: x',
    'content-type: application/json',
    'x-github-delivery: 1',
    'x-github-event: push',
  ];
  return [`POST ${PATH} HTTP/1.1`, ...headers, 'x-hub-signature-256: sha256=0', length, '', ''].join('\r\n');
}

/** Lets what was sent arrive: waits until the condition holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await settle();
}

describe('size', () => {
  test('a body that says that it is larger than 25 MiB is refused before a byte of it is sent', async () => {
    await withIntake(async ({ connect }) => {
      const socket = connect();
      socket.write(headOf(`content-length: ${25 * MIB + 1}`));
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
      socket.destroy();
    });
  });

  test('200 MB without a length or a true signature are refused with 413 and take less than 150 MB of memory', async () => {
    await withIntake(async ({ connect, received }) => {
      const before = process.memoryUsage().rss;
      const socket = connect();
      let answer = '';
      socket.on('data', (data) => (answer += data.toString()));
      socket.write(headOf('transfer-encoding: chunked'));
      const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(MIB, 'x'), Buffer.from('\r\n')]);
      let most = 0;
      for (let sent = 0; sent < 200; sent += 1) {
        if (!socket.write(chunk)) await once(socket, 'drain');
        most = Math.max(most, process.memoryUsage().rss - before);
      }
      await until(() => answer !== '');
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(most).toBeLessThan(150 * MIB);
      expect(received).toEqual([]);
      socket.destroy();
    });
  });

  test('a body of exactly the limit is read', async () => {
    await withIntake(
      async ({ send }) => {
        expect(await send(PAYLOAD)).toBe(202);
        expect(await send(`${PAYLOAD} `)).toBe(413);
      },
      { body: Buffer.byteLength(PAYLOAD) },
    );
  });

  test('many bodies at once are refused with 503 before they fill the memory; what hung up takes no room', async () => {
    const half = Buffer.alloc(600, 'x');
    await withIntake(
      async ({ open, send, clock }) => {
        const first = open();
        await first.write(half);
        await until(() => clock.timers().length === 1);
        const second = open();
        await second.write(half);
        expect(await second.answer).toBe(503);
        first.hangUp();
        second.hangUp();
        await until(() => clock.timers().length === 0);
        expect(await send(Buffer.from(`{"x":"${'x'.repeat(900)}"}`))).toBe(202);
      },
      { allBodies: 1_000 },
    );
  });
});

describe('slowness', () => {
  test('a body that does not come within 10 s is answered with 408, and its connection closed a second later', async () => {
    await withIntake(async ({ open, clock }) => {
      const upload = open();
      await upload.write('{');
      await until(() => clock.timers().length === 1);
      await clock.advance(9_999);
      expect(clock.timers()).toHaveLength(1);
      await clock.advance(1);
      expect(await upload.answer).toBe(408);
      await clock.advance(1_000);
      await upload.closed;
      expect(clock.timers()).toEqual([]);
    });
  });

  test('headers that do not come in time are answered with 408 by the server itself', async () => {
    await withIntake(
      async ({ connect }) => {
        const socket = connect();
        socket.write(`POST ${PATH} HTTP/1.1\r\nhost: x\r\n`);
        const [answer] = (await once(socket, 'data')) as [Buffer];
        expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /);
        await once(socket, 'close');
      },
      { headersWithin: 20, bodyWithin: 20, linger: 20 },
    );
  });

  test('a read body leaves no timer', async () => {
    await withIntake(async ({ send, clock }) => {
      await send(PAYLOAD);
      expect(clock.timers()).toEqual([]);
    });
  });
});

test('a thousand replays of one delivery make one run', async () => {
  const clock = createFakeClock();
  const queue = createMemoryQueue({ clock, log: createLogBook(), work: async () => ({}), random: () => 0 });
  const receive = () => queue.enqueue({ installation: 1, repository: 'acme/market' }, 'replay');
  await withIntake(
    async ({ send }) => {
      for (let round = 0; round < 20; round += 1) {
        const statuses = await Promise.all(Array.from({ length: 50 }, () => send(PAYLOAD)));
        expect(new Set(statuses)).toEqual(new Set([202]));
      }
    },
    {},
    receive,
  );
  await clock.advance(3_600_000);
  expect(queue.runs()).toBe(1);
});
