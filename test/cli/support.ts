import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** JSON of any form. */
export type Loose = ReturnType<JSON['parse']>;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command runs what was built; a fresh clone has it from `npm ci`. */
export async function buildIfMissing(): Promise<void> {
  if (existsSync(join(ROOT, 'dist/cli.js'))) return;
  await promisify(execFile)(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], { cwd: ROOT });
}

/** A folder of one test: for the files that the command writes (`file`), and as its temporary folder (`temporary`). */
export async function createWorkplace() {
  const folder = await mkdtemp(join(tmpdir(), 'cli-test-'));
  const temporary = await mkdtemp(join(tmpdir(), 'cli-temporary-'));
  const children: ChildProcess[] = [];
  return {
    folder,
    temporary,
    /** What was started here; it ends with the test. */
    children,
    file: (name: string) => join(folder, name),
    async remove(): Promise<void> {
      for (const child of children) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill();
        await once(child, 'close');
      }
      await rm(folder, { recursive: true, force: true });
      await rm(temporary, { recursive: true, force: true });
    },
  };
}

export type Workplace = Awaited<ReturnType<typeof createWorkplace>>;

/** Starts `node bin/yardmaster.js` as a child process. */
export function startCommand(
  place: Workplace,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) {
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'bin/yardmaster.js'), ...args], {
    cwd: place.folder,
    env: { ...process.env, TMPDIR: place.temporary, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  place.children.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return {
    pid: child.pid,
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    told: () => stdout + stderr,
    stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<Ended> {
      child.kill(signal);
      return ended;
    },
  };
}

/** `yardmaster sandbox` with an info file, once that is there. */
export async function startSandboxCommand(place: Workplace, ...args: string[]) {
  const file = place.file(`info-${Date.now()}.json`);
  const command = startCommand(place, ['sandbox', '--info', file, ...args]);
  while (!existsSync(file)) {
    if (!command.isRunning()) throw new Error(`the sandbox ended: ${command.told()}`);
    await wait(10);
  }
  const info: Loose = JSON.parse(await readFile(file, 'utf8'));

  async function ask(who: string, method: string, path: string, body?: unknown) {
    const response = await fetch(`${info.api}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(who !== 'nobody' && { authorization: `Bearer ${info.tokens[who] ?? who}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer: Loose = text === '' ? null : JSON.parse(text);
    return { status: response.status, body: answer };
  }

  return {
    ...command,
    info,
    /** The environment with which a process is the app of this GitHub. */
    credentials: {
      APP_ID: String(info.app.id),
      PRIVATE_KEY_PATH: info.app.privateKeyFile,
      WEBHOOK_SECRET_PATH: info.app.webhookSecretFile,
      GITHUB_API_URL: info.api,
    } satisfies Record<string, string>,
    /** `who` is the name of a token, a token, or `nobody`. */
    ask,
    /** {@link ask} below the address of the repository. */
    repo: (who: string, method: string, path: string, body?: unknown) =>
      ask(who, method, `/repos/${info.repository}${path}`, body),
  };
}
