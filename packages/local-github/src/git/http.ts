import type { Readable } from 'node:stream';
import { listenForHook, type HookListener, type PushedRef } from './hook.js';
import type { GitRepository } from './repository.js';
import { collect, GitError, startGit, type Environment } from './run.js';

export interface GitRequest {
  readonly method: string;
  /** What follows the repository in the address, as `/info/refs`. */
  readonly path: string;
  /** Without the question mark; empty if there is none. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As it came, also if it is compressed. */
  readonly body: Buffer | Readable;
}

export interface GitResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface PushRefusal {
  readonly ref: string;
  readonly message: string;
}

export interface PushPolicy {
  /** False answers 403 to a push before anything is read. */
  readonly mayPush: boolean;
  /**
   * Asked before any ref moves. One refusal refuses the whole push, and the person sees its message. The pushed
   * objects are readable only through `quarantine`, and only until the promise settles.
   */
  readonly checkPush: (
    updates: readonly PushedRef[],
    quarantine: GitRepository,
  ) => Promise<readonly PushRefusal[]>;
}

const PATHS = new Set(['/info/refs', '/git-upload-pack', '/git-receive-pack']);
const HEADER_END = '\r\n\r\n';

/**
 * Serves one request of git's smart HTTP protocol, version 2 included, through `git http-backend`. The promise settles
 * when the process has ended: refs that a push moved have moved, and the answer has not been sent.
 * @throws what `checkPush` threw; the push was refused
 * @throws GitError if git is missing, or ends without an answer
 */
export async function serveGit(
  repository: GitRepository,
  request: GitRequest,
  policy: PushPolicy,
): Promise<GitResponse> {
  if (!PATHS.has(request.path)) return plain(404, 'Not Found');
  if (request.path !== '/git-receive-pack' || !policy.mayPush)
    return runBackend(repository, request, policy, {});

  const failures: unknown[] = [];
  const hook: HookListener = await listenForHook(async ({ updates, quarantine }) => {
    const view = repository.withEnv(quarantine);
    try {
      const refusals = await policy.checkPush(updates, view);
      return refusals.map(({ message }) => message);
    } catch (error) {
      failures.push(error);
      throw error;
    } finally {
      await view.close();
    }
  });
  try {
    const response = await runBackend(repository, request, policy, hook.env);
    if (failures.length > 0) throw failures[0];
    return response;
  } finally {
    await hook.close();
  }
}

async function runBackend(
  repository: GitRepository,
  request: GitRequest,
  policy: PushPolicy,
  hookEnv: Environment,
): Promise<GitResponse> {
  const child = startGit(['http-backend'], { ...cgiEnvironment(repository, request, policy), ...hookEnv });
  const { code, stdout, stderr } = await collect(child, 'git http-backend', request.body);
  const end = stdout.indexOf(HEADER_END);
  if (end < 0)
    throw new GitError('git http-backend', stderr === '' ? `ended with ${code} and no answer` : stderr);
  return parseAnswer(stdout.toString('latin1', 0, end), stdout.subarray(end + HEADER_END.length));
}

/** The variables of CGI (RFC 3875) that `git http-backend` reads. */
function cgiEnvironment(
  repository: GitRepository,
  request: GitRequest,
  { mayPush }: PushPolicy,
): Environment {
  const variables: Record<string, string> = {
    GIT_PROJECT_ROOT: repository.dir,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: request.path,
    QUERY_STRING: request.query,
    REQUEST_METHOD: request.method,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.receivepack',
    GIT_CONFIG_VALUE_0: String(mayPush),
  };
  const forwarded = {
    CONTENT_TYPE: 'content-type',
    CONTENT_LENGTH: 'content-length',
    HTTP_CONTENT_ENCODING: 'content-encoding',
    GIT_PROTOCOL: 'git-protocol',
  };
  for (const [variable, header] of Object.entries(forwarded)) {
    const value = request.headers[header];
    if (typeof value === 'string') variables[variable] = value;
  }
  return variables;
}

/** A CGI says its status in a header of its own; without one it is 200. */
function parseAnswer(head: string, body: Buffer): GitResponse {
  const headers = Object.fromEntries(
    head.split('\r\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const { status = '200', ...others } = headers;
  return { status: Number.parseInt(status, 10), headers: others, body };
}

function plain(status: number, message: string): GitResponse {
  return { status, headers: { 'content-type': 'text/plain' }, body: Buffer.from(`${message}\n`) };
}
