import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export type Role = 'admin' | 'maintainer' | 'writer' | 'triager' | 'ci';

/** What the sandbox says of itself; docs/sandbox.md has the rest. */
export interface Info {
  readonly api: string;
  readonly git: string;
  readonly repository: string;
  readonly tokens: Readonly<Record<Role, string>>;
  readonly users: Readonly<Record<Role, string>>;
  readonly app: { readonly id: number };
}

/** A request of the bot, as the sandbox logs it. */
export interface Requested {
  readonly kind: 'read' | 'write' | 'auth';
  readonly operation: string;
}

/** The local GitHub with the bot: a process of its own, and a folder that goes with it. */
export interface Github {
  readonly info: Info;
  readonly folder: string;
  /** Waits until the bot has nothing more to do now. */
  settle(): Promise<void>;
  /** Moves GitHub's clock, by an ISO 8601 duration. */
  advance(by: string): Promise<void>;
  /** GitHub's time. */
  now(): Date;
  requests(): Promise<readonly Requested[]>;
  stop(): Promise<void>;
}

const LAUNCHER = fileURLToPath(new URL('../../bin/yardmaster.js', import.meta.url));
const START_LIMIT = 30_000;

/** Starts `yardmaster sandbox`; its clock begins on a Monday morning, so that each run shows the same times. */
export async function startGithub(): Promise<Github> {
  const folder = await mkdtemp(join(tmpdir(), 'yardmaster-demo-'));
  const file = join(folder, 'info.json');
  const seed = join(folder, 'seed.yml');
  await writeFile(seed, configuredSeed());
  const args = [LAUNCHER, 'sandbox', '--info', file, '--seed', seed, '--now', '2026-01-05T09:00:00Z'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const info = await readInfo(child, file).catch(async (error: Error) => {
    await end(child, folder);
    throw new Error(`${error.message}\n${Buffer.concat(said).toString()}`);
  });
  let offset = 0;

  async function ask(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${info.api}/_sandbox/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The sandbox's ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text);
  }

  async function move(path: string, body?: object): Promise<void> {
    const { now } = (await ask('POST', path, body)) as { readonly now: string };
    offset = Date.parse(now) - Date.now();
  }

  await move('settle');
  return {
    info,
    folder,
    settle: () => move('settle'),
    advance: (by) => move('clock', { advance: by }),
    now: () => new Date(Date.now() + offset),
    requests: async () => (await ask('GET', 'requests')) as readonly Requested[],
    stop: () => end(child, folder),
  };
}

/** The example repository, with the example's configuration in it. */
function configuredSeed(): string {
  const read = (name: string) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
  return `${read('market.yml')}\nconfig:\n${read('subagents.yml').replace(/^(?=.)/gm, '  ')}`;
}

async function readInfo(child: ChildProcess, file: string): Promise<Info> {
  const limit = Date.now() + START_LIMIT;
  while (!existsSync(file)) {
    if (child.exitCode !== null) throw new Error('The local GitHub ended before it was up.');
    if (Date.now() > limit) throw new Error(`The local GitHub was not up after ${START_LIMIT / 1000} s.`);
    await sleep(50);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Info;
}

async function end(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
}
