import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Environment } from './run.js';

/** One ref of a push; all zeros as in `updateRefs`. */
export interface PushedRef {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
}

/** What the hook tells: the refs, and where git keeps the pushed objects until the push is accepted. */
export interface PushQuestion {
  readonly updates: readonly PushedRef[];
  readonly quarantine: Environment;
}

/** The way for the hook of one push to ask this process. */
export interface HookListener {
  /** For the environment of the CGI that runs the hook. */
  readonly env: Environment;
  close(): Promise<void>;
}

/** The hook asks; where nobody listens, as for a push past the server, it refuses. */
const SHELL = `#!/bin/sh
if [ -z "$LOCAL_GITHUB_HOOK_URL" ]; then
  echo "error: This repository takes pushes through its server only" >&2
  exit 1
fi
exec "$LOCAL_GITHUB_NODE" "$0.mjs"
`;

const SCRIPT = `import { text } from 'node:stream/consumers';

const quarantine = {};
for (const name of ['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_QUARANTINE_PATH']) {
  if (process.env[name] !== undefined) quarantine[name] = process.env[name];
}
const updates = (await text(process.stdin)).split('\\n').filter(Boolean).map((line) => {
  const [before, after, ref] = line.split(' ');
  return { ref, before, after };
});
const response = await fetch(process.env.LOCAL_GITHUB_HOOK_URL, {
  method: 'POST',
  headers: { authorization: process.env.LOCAL_GITHUB_HOOK_SECRET },
  body: JSON.stringify({ updates, quarantine }),
});
const messages = response.ok ? await response.json() : ['The push could not be checked'];
for (const line of messages.join('\\n').split('\\n').filter(Boolean)) process.stderr.write('error: ' + line + '\\n');
process.exitCode = messages.length > 0 ? 1 : 0;
`;

/** Writes the pre-receive hook into the folder of hooks. */
export async function installHook(hooks: string): Promise<void> {
  await writeFile(`${hooks}/pre-receive`, SHELL, { mode: 0o755 });
  await writeFile(`${hooks}/pre-receive.mjs`, SCRIPT);
}

/**
 * Listens on the loopback interface for the hook of one push. `answer` returns the messages that refuse it; none
 * accepts. If it throws, the push is refused.
 */
export async function listenForHook(
  answer: (question: PushQuestion) => Promise<readonly string[]>,
): Promise<HookListener> {
  const secret = randomBytes(24).toString('hex');

  async function respond(
    request: IncomingMessage,
  ): Promise<{ readonly status: number; readonly body: string }> {
    if (request.headers.authorization !== secret) return { status: 403, body: '' };
    try {
      const question = JSON.parse(await text(request)) as PushQuestion;
      return { status: 200, body: JSON.stringify(await answer(question)) };
    } catch {
      return { status: 500, body: '' };
    }
  }

  const server = createServer((request, response) => {
    void respond(request).then(({ status, body }) => response.writeHead(status).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      LOCAL_GITHUB_NODE: process.execPath,
      LOCAL_GITHUB_HOOK_URL: `http://127.0.0.1:${port}/`,
      LOCAL_GITHUB_HOOK_SECRET: secret,
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
