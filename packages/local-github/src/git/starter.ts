import { type ChildProcess, spawn } from 'node:child_process';
import { GitError, type Environment, type GitOutput } from './run.js';

/**
 * Starts git processes from a small process of its own. A system starts a process by copying the page tables of the one
 * that asks: from a large one, such as a test runner, that takes ten milliseconds and more for each of hundreds of
 * short git commands, and nothing else goes on meanwhile.
 */
export interface Starter {
  /** Runs git to its end. @throws GitError if git cannot be started */
  run(command: Command): Promise<GitOutput>;
  /** Ends the process, at the latest a second later; what still runs is not waited for. */
  close(): void;
}

interface Command {
  /** As they are given to git. */
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: Environment;
  readonly input: Buffer | string;
  /** What errors call it. */
  readonly name: string;
}

type Answer = { readonly id: number } & (GitOutput | { readonly error: string });

interface Waiting {
  readonly name: string;
  readonly resolve: (output: GitOutput) => void;
  readonly reject: (error: Error) => void;
}

/** What the small process runs; it ends when its channel is closed. */
const SCRIPT = `
const { spawn } = require('node:child_process');
process.on('message', ({ id, args, env, input }) => {
  const child = spawn('git', args, { env });
  const stdout = [];
  const stderr = [];
  const answer = (message) => process.connected && process.send({ id, ...message });
  child.stdout.on('data', (chunk) => stdout.push(chunk));
  child.stderr.on('data', (chunk) => stderr.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  child.on('error', (error) => answer({ error: error.message }));
  child.on('close', (code) =>
    answer({ code: code ?? -1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
  );
});
`;

/** How long a process waits for the next starter (ms). */
const SPARE = 1_000;

/** The process of a starter that is closed. To start one takes longer than most repositories of tests need it. */
let spare: ChildProcess | undefined;

/** Of all starters: one that takes over a process can still get an answer that was meant for the one before. */
let lastId = 0;

function launch(): ChildProcess {
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  const env = { PATH: process.env['PATH'] };
  return spawn(process.execPath, ['-e', SCRIPT], { stdio: [...stdio], serialization: 'advanced', env });
}

function takeSpare(): ChildProcess | undefined {
  const child = spare;
  spare = undefined;
  if (child?.connected !== true) return undefined;
  for (const event of ['error', 'close']) child.removeAllListeners(event);
  child.ref();
  child.channel?.ref();
  return child;
}

/** Keeps an idle process for the next starter, or ends it. What is kept keeps this program from nothing. */
function release(child: ChildProcess): void {
  for (const event of ['message', 'error', 'close']) child.removeAllListeners(event);
  child.on('error', () => undefined);
  child.unref();
  child.channel?.unref();
  if (spare !== undefined) {
    child.disconnect();
    return;
  }
  spare = child;
  setTimeout(() => {
    if (spare !== child) return;
    spare = undefined;
    if (child.connected) child.disconnect();
  }, SPARE).unref();
}

/** The first command takes or starts the process. */
export function createStarter(): Starter {
  const waiting = new Map<number, Waiting>();
  let helper: ChildProcess | undefined;
  let closed = false;

  function start(): ChildProcess {
    const child = takeSpare() ?? launch();
    child.on('message', settle);
    child.on('error', (error) => fail(error.message));
    child.on('close', () => fail('the process that starts git has ended'));
    return child;
  }

  function settle(message: unknown): void {
    const answer = message as Answer;
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (asked === undefined) return;
    if ('error' in answer) asked.reject(new GitError(asked.name, answer.error));
    else asked.resolve(answer);
  }

  function fail(why: string): void {
    helper = undefined;
    for (const { name, reject } of waiting.values()) reject(new GitError(name, why));
    waiting.clear();
  }

  return {
    run({ name, args, env, input }) {
      if (closed) return Promise.reject(new GitError(name, 'the repository was closed'));
      const child = (helper ??= start());
      return new Promise((resolve, reject) => {
        const id = (lastId += 1);
        waiting.set(id, { name, resolve, reject });
        child.send({ id, args, env, input });
      });
    },
    close() {
      closed = true;
      if (helper?.connected !== true) return;
      if (waiting.size > 0) helper.disconnect();
      else release(helper);
      helper = undefined;
    },
  };
}
