import { describe, expect, test } from '@jest/globals';
import { createWebhookRoute } from '../../src/intake/webhook-route.js';
import { createFakeClock } from '../support/fake-clock.js';
import { createLogBook } from '../support/log-book.js';
import { PATH, PAYLOAD, signatureOf, withIntake } from './support.js';

describe('a signed webhook', () => {
  test('is handed on with its delivery id, its name and its payload, and answered with 202', async () => {
    await withIntake(async ({ send, received }) => {
      expect(await send(PAYLOAD)).toBe(202);
      expect(received).toEqual([
        { id: '72d3162e-cc78-11e3-81ab-4c9367dc0958', name: 'issues', payload: JSON.parse(PAYLOAD) },
      ]);
    });
  });

  test('is taken with a charset, a trailing slash and a query', async () => {
    await withIntake(async ({ send }) => {
      expect(await send(PAYLOAD, { 'content-type': 'Application/JSON; charset=utf-8' })).toBe(202);
      expect(await send(PAYLOAD, {}, `${PATH}/?from=proxy`)).toBe(202);
    });
  });

  test('that cannot be kept is answered with 503 and logged without its payload', async () => {
    const receive = () => Promise.reject(new Error('the queue is away'));
    await withIntake(
      async ({ send, log }) => {
        expect(await send(PAYLOAD)).toBe(503);
        expect(log.lines).toMatchObject([
          { level: 'error', details: { event: 'issues', error: { message: 'the queue is away' } } },
          { level: 'info', details: { status: 503 } },
        ]);
      },
      {},
      receive,
    );
  });

  test.each(['error', '*', '__proto__', 'constructor', 'no_such_event'])(
    'under the name %s, which is no event, reaches no handler',
    async (name) => {
      await withIntake(async ({ send, received }) => {
        expect([202, 400]).toContain(await send(PAYLOAD, { 'x-github-event': name }));
        expect(received).toEqual([]);
      });
    },
  );
});

describe('the signature', () => {
  test.each([
    ['of another secret', signatureOf(PAYLOAD, 'another-secret-of-this-test')],
    ['of another body', signatureOf(`${PAYLOAD} `)],
    ['of the same JSON written otherwise', signatureOf(JSON.stringify(JSON.parse(PAYLOAD)))],
    ['cut short', signatureOf(PAYLOAD).slice(0, -1)],
    ['by the public default', signatureOf(PAYLOAD, 'development')],
  ])('%s is refused with 401', async (_name, signature) => {
    await withIntake(async ({ send, received }) => {
      expect(await send(PAYLOAD, { 'x-hub-signature-256': signature })).toBe(401);
      expect(received).toEqual([]);
    });
  });

  test('is verified before anything is parsed: unsigned rubbish is 401, signed rubbish 400', async () => {
    await withIntake(async ({ send }) => {
      expect(await send('{"action":', { 'x-hub-signature-256': signatureOf('x') })).toBe(401);
      expect(await send('{"action":')).toBe(400);
    });
  });

  test('covers the bytes: a byte order mark that was put before the body is no part of what was signed', async () => {
    await withIntake(async ({ send }) => {
      expect(await send(`\uFEFF${PAYLOAD}`, { 'x-hub-signature-256': signatureOf(PAYLOAD) })).toBe(401);
    });
  });

  test('covers the bytes: what is no UTF-8 is refused, though its signature is right', async () => {
    await withIntake(async ({ send, received }) => {
      expect(await send(Buffer.from([0x22, 0xff, 0xfe, 0x22]))).toBe(400);
      expect(received).toEqual([]);
    });
  });
});

describe('what is refused', () => {
  test.each(['[]', 'null', '"text"', '7', ''])('the body %j, which is no JSON object', async (body) => {
    await withIntake(async ({ send }) => {
      expect(await send(body)).toBe(400);
    });
  });

  test.each([
    ['x-github-delivery', undefined],
    ['x-github-event', undefined],
    ['x-hub-signature-256', undefined],
    ['x-hub-signature-256', ''],
    ['x-github-delivery', 'two words'],
    ['x-github-delivery', 'x'.repeat(101)],
  ])('the header %s as %j: 400', async (name, value) => {
    await withIntake(async ({ send, received }) => {
      expect(await send(PAYLOAD, { [name]: value })).toBe(400);
      expect(received).toEqual([]);
    });
  });

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'application/jsonp', undefined])(
    'the content type %j: 415',
    async (type) => {
      await withIntake(async ({ send }) => {
        expect(await send(PAYLOAD, { 'content-type': type })).toBe(415);
      });
    },
  );

  test('another method, with the one that is meant', async () => {
    await withIntake(async ({ url }) => {
      const response = await fetch(`${url}${PATH}`);
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    });
  });

  test('another path is left to others', async () => {
    await withIntake(async ({ send }) => {
      expect(await send(PAYLOAD, {}, `${PATH}/x`)).toBe(404);
      expect(await send(PAYLOAD, {}, '/')).toBe(404);
    });
  });

  test('the route itself with a secret that anyone knows', () => {
    const parts = { clock: createFakeClock(), log: createLogBook(), receive: async () => undefined };
    expect(() => createWebhookRoute({ ...parts, secret: 'development' })).toThrow('publicly known default');
    expect(() => createWebhookRoute({ ...parts, secret: undefined })).toThrow('is missing');
  });
});

test('nothing of a payload is logged, whatever becomes of it', async () => {
  await withIntake(async ({ send, log }) => {
    await send(PAYLOAD);
    await send(PAYLOAD, { 'x-hub-signature-256': 'sha256=00' });
    await send(`${PAYLOAD}}`);
    expect(log.lines).toHaveLength(2);
    expect(JSON.stringify(log.lines)).not.toContain('BODYMARKER');
  });
});
