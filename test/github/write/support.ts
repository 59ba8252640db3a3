import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { startLocalGithub } from '@yardmaster/local-github';
import { Probot } from 'probot';

import { AppError } from '../../../src/app/errors.js';
import type { Action } from '../../../src/core/actions/action.js';
import { createOctokitTransport } from '../../../src/github/octokit-transport.js';
import { UnpacedOctokit } from '../../../src/github/octokit.js';
import { createWriter } from '../../../src/github/write/writer.js';

type Loose = ReturnType<JSON['parse']>;

const PERMISSIONS = {
  contents: 'write',
  issues: 'write',
  pull_requests: 'write',
  checks: 'write',
  statuses: 'write',
} as const;

const SEED = `
repository: acme/market
files: { README.md: hello }
labels: [{ name: bug, color: d73a4a, description: Wrong }]
issues:
  - { number: 4, title: Four, body: four }
  - { number: 5, title: Five, body: five }
  - { number: 8, title: Eight, body: "The text of eight" }
`;

/** Hexadecimal SHA-256. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A writer on a local GitHub. `close` fails if any request differed from GitHub's description. */
export async function startGithub(seed = '') {
  const github = await startLocalGithub({
    now: '2026-01-05T10:00:00Z',
    seed: SEED + seed,
    app: { slug: 'yardmaster', name: 'Yardmaster', permissions: PERMISSIONS, events: [] },
  });
  const { info } = github;
  const probot = new Probot({
    appId: info.app.id,
    privateKey: readFileSync(info.app.privateKeyFile, 'utf8'),
    secret: 'a secret of the test',
    baseUrl: github.url,
    logLevel: 'fatal',
    Octokit: UnpacedOctokit,
  });
  const octokit = await probot.auth(info.app.installation);
  const transport = createOctokitTransport(octokit, () => github.world.clock.now());
  const writer = createWriter({ transport, repository: 'acme/market', digest });

  async function send(
    token: string | undefined,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Loose> {
    const response = await fetch(`${github.url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `token ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status >= 400) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  /** What a person with the role admin sees or does below `/repos/acme/market`. */
  const repo = (method: string, path: string, body?: unknown): Promise<Loose> =>
    send(info.tokens.admin, method, `/repos/acme/market${path}`, body);

  async function head(branch: string): Promise<string> {
    return (await repo('GET', `/git/ref/heads/${branch}`)).object.sha;
  }

  /** A commit of one file on a branch by a person; gives the new head. */
  async function commit(branch: string, path: string, content: string): Promise<string> {
    const encoded = Buffer.from(content).toString('base64');
    await repo('PUT', `/contents/${path}`, { branch, message: `Add ${path}`, content: encoded });
    return head(branch);
  }

  return {
    github,
    writer,
    repo,
    head,
    commit,
    /** What becomes of an action: `done`, or the kind of the error and its message. */
    async outcome(action: Action): Promise<string> {
      try {
        await writer.write(action);
        return 'done';
      } catch (error) {
        if (error instanceof AppError) return `${error.kind}: ${error.message}`;
        throw error;
      }
    },
    /** A branch at the head of `main`, or with a commit of one file. */
    async branch(name: string, path?: string): Promise<string> {
      await repo('POST', '/git/refs', { ref: `refs/heads/${name}`, sha: await head('main') });
      return path === undefined ? head(name) : commit(name, path, `${name}\n`);
    },
    /** A pull request of a new branch, as GitHub's REST API shows it. */
    async pull(branch: string, options: { draft?: boolean; path?: string } = {}): Promise<Loose> {
      const { draft = false, path = `${branch}.txt` } = options;
      await repo('POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: await head('main') });
      await commit(branch, path, `${branch}\n`);
      return repo('POST', '/pulls', {
        head: branch,
        base: 'main',
        title: `About ${branch}`,
        body: '',
        draft,
      });
    },
    faults: (settings: object) => send(undefined, 'POST', '/_sandbox/faults', settings),
    /** Lets GitHub refuse one field of the next document that has this mutation, before any effect. */
    refuseField: (mutation: string, type: string, message: string) =>
      send(undefined, 'POST', '/_sandbox/faults', {
        requests: [
          {
            match: { mutation },
            when: 'before',
            answer: { status: 200, body: { data: { f0: null }, errors: [{ type, path: ['f0'], message }] } },
          },
        ],
      }),
    /** The app's requests so far: operation, or for mutations their names. Token requests left out. */
    async requests(): Promise<readonly string[]> {
      const all: Loose[] = await send(undefined, 'GET', '/_sandbox/requests');
      return all
        .filter(({ kind }) => kind !== 'auth')
        .map(({ operation, mutations }) => (mutations.length > 0 ? mutations.join(' ') : operation));
    },
    async close() {
      const violations = github.takeViolations();
      await github.close();
      if (violations.length > 0) throw new Error(`violations:\n${violations.join('\n')}`);
    },
  };
}

export type TestGithub = Awaited<ReturnType<typeof startGithub>>;
