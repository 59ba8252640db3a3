import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveGit, type PushPolicy } from '../../src/git/http.js';
import type { Signature } from '../../src/git/objects.js';
import { createRepository, type GitRepository } from '../../src/git/repository.js';

export const ada: Signature = { name: 'Ada', email: 'ada@example.com', date: '2026-01-05T10:00:00Z' };
export const bot: Signature = { name: 'bot', email: 'bot@example.com', date: '2026-01-06T09:00:00Z' };

/** A new repository in a folder of its own; both are gone after `use`, whatever happens. */
export async function withRepository(
  use: (repository: GitRepository, root: string) => Promise<void>,
): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'local-github-git-'));
  const repository = await createRepository(join(root, 'repository.git'), { defaultBranch: 'main' });
  try {
    await use(repository, root);
  } finally {
    await repository.close();
    await rm(root, { recursive: true, force: true });
  }
}

export type Files = Readonly<Record<string, string | null>>;

/** A commit on the parents, whose tree is the first one's with these files written, or deleted where null. */
export async function commit(
  repository: GitRepository,
  parents: readonly string[],
  files: Files,
  message = 'change',
  author = ada,
): Promise<string> {
  const entries = Object.entries(files);
  const { oid } = await repository.writeCommit({
    parents,
    base: parents[0],
    additions: entries.flatMap(([path, text]) =>
      text === null ? [] : [{ path, content: Buffer.from(text) }],
    ),
    deletions: entries.flatMap(([path, text]) => (text === null ? [path] : [])),
    message,
    author,
    committer: author,
  });
  return oid;
}

/** The text of a file; undefined if it is not there. */
export async function textAt(
  repository: GitRepository,
  treeish: string,
  path: string,
): Promise<string | undefined> {
  const entry = await repository.entryAt(treeish, path);
  return entry && (await repository.readBlob(entry.oid))?.toString();
}

export interface ClientResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A person's git: an own identity, nothing of this machine's configuration. */
export function client(cwd: string, ...args: readonly string[]): Promise<ClientResult> {
  const env = {
    PATH: process.env['PATH'],
    HOME: cwd,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Grace',
    GIT_AUTHOR_EMAIL: 'grace@example.com',
    GIT_COMMITTER_NAME: 'Grace',
    GIT_COMMITTER_EMAIL: 'grace@example.com',
  };
  return new Promise((resolve) => {
    execFile('git', args, { cwd, env, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

export const openPolicy: PushPolicy = { mayPush: true, checkPush: () => Promise.resolve([]) };

export interface Served {
  readonly url: string;
  /** What `serveGit` threw; the client got 500. */
  readonly failures: unknown[];
}

/**
 * Serves the repository over HTTP on a free port while `use` runs. The bodies of requests are streamed. At the end
 * every request has to come to its end by itself, also those whose sender went away.
 */
export async function withServer(
  repository: GitRepository,
  policy: PushPolicy,
  use: (served: Served) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  const requests: Promise<unknown>[] = [];
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const { method = 'GET', headers } = request;
    const path = pathname.replace('/repository.git', '');
    const served = serveGit(
      repository,
      { method, path, query: search.slice(1), headers, body: request },
      policy,
    ).then(
      (answer) => response.writeHead(answer.status, answer.headers).end(answer.body),
      (error: unknown) => {
        failures.push(error);
        response.writeHead(500).end();
      },
    );
    requests.push(served);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/repository.git`,
      failures,
    });
  } finally {
    await Promise.all(requests);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
