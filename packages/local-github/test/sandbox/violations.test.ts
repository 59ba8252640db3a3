import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';

import { type LocalGithub, startLocalGithub } from '../../src/index.js';
import { APP, SEED } from '../support/github.js';

interface Reporter {
  onRunComplete(): void;
  getLastError(): Error | undefined;
}

const REPORTER = new URL('../../../../test/support/usage-reporter.js', import.meta.url);
const { default: UsageReporter } = (await import(REPORTER.href)) as { default: new () => Reporter };

let github: LocalGithub;
let reporter: Reporter;
const ofThisRun = process.env['LOCAL_GITHUB_USAGE'];

beforeEach(async () => {
  // A reporter of its own: the totals of this run are not to hold what is done wrong here.
  reporter = new UsageReporter();
  github = await startLocalGithub({ seed: SEED, app: APP });
});
afterEach(() => {
  if (ofThisRun === undefined) delete process.env['LOCAL_GITHUB_USAGE'];
  else process.env['LOCAL_GITHUB_USAGE'] = ofThisRun;
});

async function send(method: string, path: string, body?: object): Promise<[status: number, text: string]> {
  const response = await fetch(`${github.url}${path}`, {
    method,
    headers: { authorization: `token ${github.info.tokens.writer!}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return [response.status, await response.text()];
}

/** Ends the server and the run; what the reporter prints, line by line. */
async function endOfRun(): Promise<string[]> {
  await github.close();
  const printed: string[] = [];
  const output = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => printed.push(String(text)) > 0);
  reporter.onRunComplete();
  output.mockRestore();
  return printed.join('').trimEnd().split('\n');
}

test('six wrong requests are each refused with the reason, counted in the totals, and fail the run', async () => {
  const issues = '/repos/acme/market/issues';
  const document =
    'query Title($n: Int!) { repository(owner: "acme", name: "market") { issue(number: $n) { title } } }';
  expect((await send('GET', issues))[0]).toBe(200);

  const unknownPath = await send('GET', '/repos/acme/market/isues');
  const unknownQueryKey = await send('GET', `${issues}?sate=open`);
  const unknownBodyKey = await send('POST', issues, { title: 'x', labls: [] });
  const wrongType = await send('POST', issues, { title: 'x', labels: 'bug' });
  const notInEnum = await send('GET', `${issues}?state=opened`);
  const wrongVariable = await send('POST', '/graphql', { query: document, variables: { n: 'four' } });
  expect(unknownPath).toEqual([404, expect.stringContaining('Not Found')]);
  expect(unknownQueryKey).toEqual([422, expect.stringContaining('query sate: expected no such key')]);
  expect(unknownBodyKey).toEqual([422, expect.stringContaining('body labls: expected no such key')]);
  expect(wrongType).toEqual([422, expect.stringContaining('body labels: expected array')]);
  expect(notInEnum).toEqual([422, expect.stringContaining('query state: expected one of')]);
  expect(wrongVariable).toEqual([200, expect.stringContaining('Variable \\"$n\\" got invalid value')]);

  const [head, ...lines] = await endOfRun();
  expect(head).toBe('7 requests, 3 operations, 6 violations');
  expect(lines).toEqual([
    'no operation: path: expected an operation of GitHub, got GET /repos/acme/market/isues',
    expect.stringMatching(/^issues\/list-for-repo: query sate: /),
    expect.stringMatching(/^issues\/create: body labls: /),
    expect.stringMatching(/^issues\/create: body labels: /),
    expect.stringMatching(/^issues\/list-for-repo: query state: /),
    expect.stringMatching(/^Title: graphql.*\$n/),
  ]);
  expect(reporter.getLastError()).toBeInstanceOf(Error);
});

test('a run without a wrong request says so and passes', async () => {
  expect((await send('GET', '/repos/acme/market/issues'))[0]).toBe(200);
  expect((await send('POST', '/graphql', { query: '{ viewer { login } }' }))[0]).toBe(200);
  expect(await endOfRun()).toEqual(['2 requests, 1 operations, 0 violations']);
  expect(reporter.getLastError()).toBeUndefined();
});

test('a violation that a test took is that test’s to judge, and is not counted', async () => {
  await send('GET', '/nothing');
  expect(github.takeViolations()).toHaveLength(1);
  expect(await endOfRun()).toEqual(['1 requests, 0 operations, 0 violations']);
});
