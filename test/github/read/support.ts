import { readFileSync } from 'node:fs';

import { startLocalGithub } from '@yardmaster/local-github';
import { Probot } from 'probot';

import { createOctokitTransport } from '../../../src/github/octokit-transport.js';
import { UnpacedOctokit } from '../../../src/github/octokit.js';
import { createSnapshotReader } from '../../../src/github/read/reader.js';
import type { GraphqlAnswer } from '../../../src/github/transport.js';

export type Loose = ReturnType<JSON['parse']>;

/** Changes what GitHub answered to the document of that name. */
export type Tamper = (name: string, variables: Loose, answer: GraphqlAnswer<Loose>) => GraphqlAnswer<Loose>;

const PERMISSIONS = {
  contents: 'write',
  issues: 'write',
  pull_requests: 'write',
  checks: 'write',
  statuses: 'write',
  merge_queues: 'read',
} as const;

const SEED = `
repository: acme/market
files: { README.md: hello, AGENTS.md: rules }
labels: [{ name: deploy-subagent }, { name: "subagent:tracking" }, { name: "risk:high" }]
issues:
  - { number: 4, title: Four, body: four }
  - { number: 5, title: Five, body: five, labels: [deploy-subagent], blocked_by: [4] }
  - { number: 8, title: Eight, body: "The text of eight", author: olaf }
`;

/** A reader on a local GitHub. `close` fails if any request differed from GitHub's description. */
export async function startReading(seed = '', permissions: object = PERMISSIONS) {
  const github = await startLocalGithub({
    now: '2026-01-05T10:00:00Z',
    seed: SEED + seed,
    app: { slug: 'yardmaster', name: 'Yardmaster', permissions, events: [] },
  });
  const { info, world } = github;
  const probot = new Probot({
    appId: info.app.id,
    privateKey: readFileSync(info.app.privateKeyFile, 'utf8'),
    secret: 'a secret of the test',
    baseUrl: github.url,
    logLevel: 'fatal',
    Octokit: UnpacedOctokit,
  });
  const octokit = await probot.auth(info.app.installation);
  // A minute later than the server: nothing that a test does counts as still changing.
  const now = () => world.clock.now() + 60_000;
  const transport = createOctokitTransport(octokit, now);
  const newReader = (tamper: Tamper = (_, __, answer) => answer) =>
    createSnapshotReader({
      transport: {
        rest: transport.rest,
        async graphql<T>(document: string, variables: Readonly<Record<string, unknown>> = {}) {
          const name = /query (\w+)/.exec(document)?.[1] ?? '';
          const answer = await transport.graphql<T>(document, variables);
          return tamper(name, variables, answer) as GraphqlAnswer<T>;
        },
      },
      repository: 'acme/market',
      appId: info.app.id,
      now,
    });

  async function send(as: string | undefined, method: string, path: string, body?: unknown): Promise<Loose> {
    const response = await fetch(`${github.url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(as !== undefined && { authorization: `token ${as}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status >= 400) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  /** Somebody's request below `/repos/acme/market`. */
  const as =
    (who: keyof typeof info.tokens | 'app') =>
    async (method: string, path: string, body?: unknown): Promise<Loose> => {
      const route = `/repos/acme/market${path}`;
      if (who !== 'app') return send(info.tokens[who], method, route, body);
      return (await octokit.request(`${method} ${route}`, Object(body) as Record<string, unknown>)).data;
    };
  const admin = as('admin');

  async function head(branch: string): Promise<string> {
    return (await admin('GET', `/git/ref/heads/${branch}`)).object.sha;
  }

  async function commit(
    branch: string,
    path: string,
    content: string,
    options: { who?: Parameters<typeof as>[0]; message?: string } = {},
  ): Promise<string> {
    const { who = 'writer', message = `Add ${path}` } = options;
    const encoded = Buffer.from(content).toString('base64');
    const { sha } = await admin('GET', `/contents/${path}?ref=${branch}`).catch(() => ({ sha: undefined }));
    await as(who)('PUT', `/contents/${path}`, {
      branch,
      message,
      content: encoded,
      ...(sha !== undefined && { sha }),
    });
    return head(branch);
  }

  let seen = 0;
  return {
    github,
    reader: newReader(),
    newReader,
    as,
    head,
    commit,
    /** A branch from the head of `main` with one commit, and its pull request. */
    async pull(
      branch: string,
      options: { who?: Parameters<typeof as>[0]; base?: string } = {},
    ): Promise<Loose> {
      const { who = 'writer', base = 'main' } = options;
      await as(who)('POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: await head(base) });
      await commit(branch, `${branch}.txt`, `${branch}\n`, { who });
      return as(who)('POST', '/pulls', { head: branch, base, title: `About ${branch}`, body: '' });
    },
    /** Moves an issue to another repository. */
    async transfer(number: number, to: string): Promise<void> {
      const { node_id: issueId } = await admin('GET', `/issues/${number}`);
      const { node_id: repositoryId } = await send(info.tokens.admin, 'GET', `/repos/${to}`);
      const query =
        'mutation ($input: TransferIssueInput!) { transferIssue(input: $input) { issue { number } } }';
      const variables = { input: { issueId, repositoryId } };
      const { errors } = await send(info.tokens.admin, 'POST', '/graphql', { query, variables });
      if (errors) throw new Error(JSON.stringify(errors));
    },
    faults: (settings: object) => send(undefined, 'POST', '/_sandbox/faults', settings),
    /** The app's reads since the last call: operation and status, sorted: what is sent at once arrives in any order. */
    async reads(): Promise<readonly string[]> {
      const all: Loose[] = await send(undefined, 'GET', '/_sandbox/requests');
      const fresh = all.slice(seen);
      seen = all.length;
      return fresh
        .filter(({ kind }) => kind === 'read')
        .map(({ operation, status }) => `${operation} ${status}`)
        .sort();
    },
    /** Moves the clock: GitHub's times have whole seconds. */
    advance: (duration: string) => send(undefined, 'POST', '/_sandbox/clock', { advance: duration }),
    async close() {
      const violations = github.takeViolations();
      await github.close();
      if (violations.length > 0) throw new Error(`violations:\n${violations.join('\n')}`);
    },
  };
}

export type Reading = Awaited<ReturnType<typeof startReading>>;
