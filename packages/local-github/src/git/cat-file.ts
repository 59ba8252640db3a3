import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { GitError, inRepository, startGit, type GitDirectory } from './run.js';

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

interface ObjectInfo {
  readonly type: ObjectType;
  /** In bytes. */
  readonly size: number;
}

interface RawObject extends ObjectInfo {
  readonly content: Buffer;
}

/** Reads objects through one `git cat-file` process, which is started by the first read. */
export interface CatFile {
  info(oid: string): Promise<ObjectInfo | undefined>;
  read(oid: string): Promise<RawObject | undefined>;
  /** Ends the process after the reads under way; resolves when it is gone. Later reads are refused. */
  close(): Promise<void>;
}

interface Request {
  readonly withContent: boolean;
  readonly resolve: (found: RawObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** The bytes that have arrived and are not yet read. They are joined only when an answer is complete. */
interface Arrived {
  chunks: Buffer[];
  length: number;
  /** How many bytes the next look needs. */
  needed: number;
}

interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly waiting: Request[];
  readonly ended: Promise<void>;
}

const COMMAND = 'cat-file --batch-command';
const NEWLINE = 0x0a;

export function createCatFile(git: GitDirectory): CatFile {
  let running: Running | undefined;
  let closed = false;

  function ask(verb: 'info' | 'contents', oid: string): Promise<RawObject | undefined> {
    if (closed) return Promise.reject(new GitError(`git ${COMMAND}`, `${git.dir} was closed`));
    const current = (running ??= start(git, () => {
      running = undefined;
    }));
    return new Promise((resolve, reject) => {
      current.waiting.push({ withContent: verb === 'contents', resolve, reject });
      current.child.stdin.write(`${verb} ${oid}\n`);
    });
  }

  return {
    info: (oid) => ask('info', oid),
    read: (oid) => ask('contents', oid),
    async close() {
      closed = true;
      running?.child.stdin.end();
      await running?.ended;
    },
  };
}

function start(git: GitDirectory, onEnd: () => void): Running {
  const child = startGit(inRepository(git, COMMAND.split(' ')), git.env);
  const waiting: Request[] = [];
  const arrived: Arrived = { chunks: [], length: 0, needed: 1 };
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  child.stdout.on('data', (chunk: Buffer) => {
    arrived.chunks.push(chunk);
    arrived.length += chunk.length;
    while (arrived.length >= arrived.needed && answer(arrived, waiting)) continue;
  });
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    function end(reason: string): void {
      onEnd();
      for (const request of waiting.splice(0)) request.reject(new GitError(`git ${COMMAND}`, reason));
      resolve();
    }
    child.on('error', (error) => end(error.message));
    child.on('close', () => end(stderr));
  });
  return { child, waiting, ended };
}

/** Takes one whole answer off the front; false if it has not all arrived. */
function answer(arrived: Arrived, waiting: Request[]): boolean {
  const [first = Buffer.alloc(0)] = arrived.chunks;
  const bytes = arrived.chunks.length > 1 ? Buffer.concat(arrived.chunks) : first;
  arrived.chunks = [bytes];
  const end = bytes.indexOf(NEWLINE);
  if (end < 0) {
    arrived.needed = bytes.length + 1;
    return false;
  }
  const request = waiting[0];
  const found = parseHeader(bytes.toString('latin1', 0, end));
  const length = end + 1 + (found !== undefined && request?.withContent ? found.size + 1 : 0);
  if (bytes.length < length) {
    arrived.needed = length;
    return false;
  }
  waiting.shift();
  arrived.chunks = [bytes.subarray(length)];
  arrived.length = bytes.length - length;
  arrived.needed = 1;
  request?.resolve(found && { ...found, content: bytes.subarray(end + 1, Math.max(length - 1, end + 1)) });
  return true;
}

/** `<oid> <type> <size>`, or `<oid> missing`. */
function parseHeader(line: string): ObjectInfo | undefined {
  const match = /^[0-9a-f]+ (commit|tree|blob|tag) (\d+)$/.exec(line);
  return match ? { type: match[1] as ObjectType, size: Number(match[2]) } : undefined;
}
