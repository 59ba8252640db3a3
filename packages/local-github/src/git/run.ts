import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { Readable, type Writable } from 'node:stream';
import type { Starter } from './starter.js';

export type Environment = Readonly<Record<string, string>>;

/** Where a git process works: a bare repository, and what its environment has beyond the isolated one. */
export interface GitDirectory {
  readonly dir: string;
  readonly env: Environment;
}

export interface GitOutput {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: Buffer | string;
  /** Exit codes that are answers and not failures; only 0 if left out. */
  readonly accept?: readonly number[];
}

/** Git is missing, or a git process failed in a way that is no answer to the question. */
export class GitError extends Error {
  override readonly name = 'GitError';

  constructor(
    readonly command: string,
    readonly stderr: string,
  ) {
    super(`${command}: ${stderr.trim() === '' ? 'failed without a message' : stderr.trim()}`);
  }
}

/**
 * The whole environment of every git process. Nothing of the machine's or the person's configuration, attributes or
 * language gets in; replacement objects, which anybody could push, are not followed.
 */
const ISOLATED: Environment = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** The whole environment of a git process, with what the caller adds. */
function isolated(env: Environment): Environment {
  return { PATH: process.env['PATH'] ?? '', ...ISOLATED, ...env };
}

/** Starts `git` with the arguments as they are. The caller ends its standard input. */
export function startGit(args: readonly string[], env: Environment): ChildProcessWithoutNullStreams {
  return spawn('git', args, { env: isolated(env) });
}

/** The arguments of a command on a bare repository; paths given to it are never patterns. */
export function inRepository(git: GitDirectory, args: readonly string[]): string[] {
  return [`--git-dir=${git.dir}`, '--literal-pathspecs', ...args];
}

/**
 * Writes the input and collects both outputs until the process has ended.
 * @throws GitError if git cannot be started
 */
export async function collect(
  child: ChildProcessWithoutNullStreams,
  command: string,
  input: Buffer | string | Readable = '',
): Promise<GitOutput> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  feed(child.stdin, input);
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', (error) => reject(new GitError(command, error.message)));
    child.on('close', (exit) => resolve(exit ?? -1));
  });
  return { code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

function feed(stdin: Writable, input: Buffer | string | Readable): void {
  if (!(input instanceof Readable)) {
    // A process that ends before it has read everything says why by its exit code.
    stdin.on('error', () => undefined);
    stdin.end(input);
    return;
  }
  // Whoever sends must be able to finish before the answer is read, and a sender that goes away, with or without an
  // error, must not leave the process waiting.
  stdin.on('error', () => input.resume());
  input.on('error', () => undefined);
  input.on('close', () => {
    if (!input.readableEnded) stdin.destroy();
  });
  if (input.destroyed) stdin.destroy();
  else input.pipe(stdin);
}

/**
 * Runs one short git command on the repository to its end.
 * @throws GitError if git is missing, or ends with a code that is not accepted
 */
export async function run(
  git: GitDirectory & { readonly starter: Starter },
  args: readonly string[],
  options: RunOptions = {},
): Promise<GitOutput> {
  const name = `git ${args.join(' ')}`;
  const output = await git.starter.run({
    name,
    args: inRepository(git, args),
    env: isolated(git.env),
    input: options.input ?? '',
  });
  if ((options.accept ?? [0]).includes(output.code)) return output;
  throw new GitError(name, output.stderr);
}

/** Like `run`; the standard output as lines, without empty ones. */
export async function runLines(
  git: GitDirectory & { readonly starter: Starter },
  args: readonly string[],
  options: RunOptions = {},
): Promise<readonly string[]> {
  return linesOf(await run(git, args, options));
}

/** The standard output as lines, without empty ones. */
export function linesOf({ stdout }: GitOutput): readonly string[] {
  return stdout
    .toString()
    .split('\n')
    .filter((line) => line !== '');
}
