import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

import { type LocalGithub, type LocalGithubOptions, startLocalGithub } from '@yardmaster/local-github';

export const APP: LocalGithubOptions['app'] = {
  slug: 'yardmaster',
  name: 'Yardmaster',
  permissions: {
    contents: 'write',
    issues: 'write',
    pull_requests: 'write',
    checks: 'write',
    statuses: 'write',
    actions: 'write',
  },
  events: [
    'issues',
    'issue_comment',
    'issue_dependencies',
    'label',
    'pull_request',
    'push',
    'create',
    'delete',
  ],
};

export const SEED = `
repository: acme/market
files:
  README.md: hello
labels: [{ name: bug, color: d73a4a, description: Wrong }]
issues:
  - { number: 4, title: Four }
  - { number: 8, title: Eight, body: text, author: linus, labels: [bug], blocked_by: [4] }
`;

export type Who = keyof LocalGithub['info']['tokens'] | 'app' | 'jwt' | 'nobody';

/** JSON of any form. */
export type Loose = ReturnType<JSON['parse']>;

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Loose;
}

/** A local GitHub for one test file, asked over HTTP. `close` fails if a message differed from GitHub's description. */
export async function startGithub(options: Partial<LocalGithubOptions> = {}) {
  const github = await startLocalGithub({ now: '2026-01-05T10:00:00Z', seed: SEED, app: APP, ...options });
  const { info } = github;
  let appToken: string | undefined;

  async function authorization(who: Who): Promise<Record<string, string>> {
    if (who === 'nobody') return {};
    if (who === 'jwt') return { authorization: `Bearer ${appJwt(info)}` };
    if (who === 'app') return { authorization: `token ${(appToken ??= await newAppToken())}` };
    return { authorization: `token ${info.tokens[who]}` };
  }

  async function newAppToken(): Promise<string> {
    const path = `/app/installations/${info.app.installation}/access_tokens`;
    return (await ask('jwt', 'POST', path)).body.token;
  }

  async function ask(
    who: Who,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Asked> {
    const response = await fetch(path.startsWith('http') ? path : `${github.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(await authorization(who)), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: answer === '' ? null : JSON.parse(answer),
    };
  }

  return {
    ...github,
    github,
    ask,
    /** `ask` below `/repos/acme/market`. */
    repo: (who: Who, method: string, path: string, body?: unknown) =>
      ask(who, method, `/repos/acme/market${path}`, body),
    graphql: (who: Who, query: string, variables: object = {}) =>
      ask(who, 'POST', '/graphql', { query, variables }),
    settle: () => ask('nobody', 'POST', '/_sandbox/settle'),
    faults: (settings: object) => ask('nobody', 'POST', '/_sandbox/faults', settings),
    requests: async () => (await ask('nobody', 'GET', '/_sandbox/requests')).body,
    async close() {
      const violations = github.takeViolations();
      await github.close();
      if (violations.length > 0) throw new Error(`violations:\n${violations.join('\n')}`);
    },
  };
}

/** A JSON web token of the app, as Octokit makes it. */
export function appJwt(info: LocalGithub['info'], claims: object = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 30, exp: now + 570, iss: info.app.id, ...claims })}`;
  const key = readFileSync(info.app.privateKeyFile, 'utf8');
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}

export interface Received {
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  readonly payload: Loose;
}

/** Listens for webhooks and answers them with `status`. */
export async function receiveWebhooks(status = () => 200) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, text: body, payload: JSON.parse(body) });
      return response.writeHead(status()).end('taken');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    names: () =>
      received.map(({ headers, payload }) => `${String(headers['x-github-event'])}.${payload.action}`),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
