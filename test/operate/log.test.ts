import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/app/errors.js';
import { createLog, createLogger } from '../../src/operate/log.js';

const KEY = `-----BEGIN RSA PRIVATE KEY-----\nMIIEpKEYMARKER\nline two\n-----END RSA PRIVATE KEY-----\n`;
const CLASSIC = 'ghs_TOKENMARKERabcdefghijklmnopqrstuvwxyz';
const STATELESS = 'ghs_1001_eyJhbGciTOKENMARKER.eyJzdWIi-TOKEN_MARKER.c2ln-TOKENMARKER';
const ENCODED = Buffer.from(KEY).toString('base64');
const SECRET = 'webhook-SECRETMARKER-"quoted"';

function setUp(level: 'debug' | 'info' = 'debug') {
  const lines: string[] = [];
  const options = {
    level,
    clock: { now: () => 1_767_607_200_000 },
    stream: { write: (line: string) => void lines.push(line) },
    secrets: [SECRET, 'short'],
  };
  const parsed = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log: createLog(options), logger: createLogger(options), lines, parsed };
}

test('a line is one JSON object with level, time, the fixed sentence and what varies', () => {
  const { log, lines } = setUp();
  log.info('A run ended', { repository: 'acme/market', writes: 3 });
  expect(lines).toEqual([
    '{"level":"info","time":1767607200000,"repository":"acme/market","writes":3,"msg":"A run ended"}\n',
  ]);
});

test('lines below the level are not written', () => {
  const { log, lines } = setUp('info');
  log.debug('A detail');
  log.warn('A worry');
  expect(lines).toHaveLength(1);
});

test('an error tells what it is, its status and its causes', () => {
  const { log, parsed } = setUp();
  const cause = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  const error = new AppError('transient', 'GitHub is away', { cause });
  log.warn('A run failed', { error });
  expect(parsed()[0]!['error']).toMatchObject({
    kind: 'transient',
    message: 'GitHub is away',
    cause: { message: 'socket hang up', code: 'ECONNRESET' },
  });
});

describe('a hostile run leaves no secret and no content', () => {
  const { log, logger, lines, parsed } = setUp();
  const event = { id: '1', name: 'issues', payload: { issue: { body: 'BODYMARKER' } } };
  const requestError = Object.assign(new Error(`401 for ${CLASSIC}`), {
    status: 401,
    request: { headers: { authorization: `token ${CLASSIC}` }, body: 'BODYMARKER' },
    response: { data: { message: 'BODYMARKER' } },
    event,
  });
  const cyclic: Record<string, unknown> = { repository: 'acme/market' };
  cyclic['self'] = cyclic;

  log.info('By key', {
    token: 'TOKENMARKER',
    webhookSecret: 'SECRETMARKER',
    headers: { Authorization: 'TOKENMARKER' },
  });
  log.info('By key, deep', { a: { b: [{ private_key: 'KEYMARKER', 'set-cookie': 'SECRETMARKER' }] } });
  log.info('By pattern', { note: `pushed with ${CLASSIC} and ${STATELESS}`, list: [KEY, `x ${KEY} y`] });
  log.info('In base64', { note: `key ${ENCODED}` });
  log.info('In an address', { remote: `https://x-access-token:TOKENMARKER@github.com/acme/market.git` });
  log.info('In a header', { note: 'authorization: Bearer TOKENMARKER1234567890' });
  log.info('Itself', { note: `the value is ${SECRET}.` });
  log.info(`In the sentence ${CLASSIC}`);
  log.info('Content', { payload: 'BODYMARKER', body: 'BODYMARKER', event, bytes: Buffer.from('BODYMARKER') });
  log.error('In an error', { error: new AppError('bug', 'no', { cause: requestError }) });
  log.info('Cyclic', cyclic);
  logger.error(requestError);
  logger.child({ name: 'probot', apiToken: 'TOKENMARKER' }).debug({ event }, 'Webhook received');
  logger.error(Object.assign(new AggregateError([requestError], KEY), { event }));
  const whole = lines.join('');

  test.each([
    'TOKENMARKER',
    'TOKEN_MARKER',
    'SECRETMARKER',
    'KEYMARKER',
    'BODYMARKER',
    'TE1BUktFUg',
    'line two',
  ])('%s is not in the log', (marker) => {
    expect(whole).not.toContain(marker);
  });

  test('every line is still JSON and still says what happened', () => {
    expect(parsed().map(({ msg }) => msg)).toEqual([
      'By key',
      'By key, deep',
      'By pattern',
      'In base64',
      'In an address',
      'In a header',
      'Itself',
      'In the sentence [secret]',
      'Content',
      'In an error',
      'Cyclic',
      '401 for [secret]',
      'Webhook received',
      '[secret]',
    ]);
  });

  test('what is no secret stays readable', () => {
    expect(whole).toContain('"remote":"https://[secret]github.com/acme/market.git"');
    expect(whole).toContain('"repository":"acme/market"');
  });
});

test('the name of an event and the key of a repository are logged', () => {
  const { log, parsed } = setUp();
  log.info('A hint', { event: 'issues.labeled', key: { installation: 1, repository: 'acme/market' } });
  expect(parsed()[0]).toMatchObject({ event: 'issues.labeled', key: { repository: 'acme/market' } });
});

test('a text of a megabyte and a list of a million do not fill the log', () => {
  const { log, lines } = setUp();
  log.info('Large', {
    text: 'x'.repeat(1_000_000),
    list: Array.from({ length: 1_000_000 }, (_, index) => index),
  });
  expect(lines[0]!.length).toBeLessThan(5_000);
});
