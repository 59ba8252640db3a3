import type { Git } from './objects.js';
import { assertOids, ZERO_OID } from './oid.js';
import { GitError, run, runLines } from './run.js';

export interface RefUpdate {
  /** The whole name, as `refs/heads/main`. */
  readonly name: string;
  /** What the ref must be now: all zeros if it must not exist, undefined if it does not matter. */
  readonly before: string | undefined;
  /** All zeros deletes the ref. */
  readonly after: string;
}

export type RefUpdateResult =
  | { readonly ok: true }
  /** Another value than `before` was found in these refs. */
  | { readonly ok: false; readonly reason: 'moved'; readonly names: readonly string[] }
  /** These cannot exist beside another ref: `refs/heads/a` and `refs/heads/a/b`. */
  | { readonly ok: false; readonly reason: 'clash'; readonly names: readonly string[] };

const FATAL = 128;

/** Every ref with the object that it names. */
export async function listRefs(git: Git): Promise<ReadonlyMap<string, string>> {
  const lines = await runLines(git, ['for-each-ref', '--format=%(objectname) %(refname)']);
  return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
}

/** Whether git takes this as the whole name of a ref. */
export async function isValidRefName(git: Git, name: string): Promise<boolean> {
  if (!name.startsWith('refs/') || name.includes('\0')) return false;
  const { code } = await run(git, ['check-ref-format', name], { accept: [0, 1] });
  return code === 0;
}

/**
 * Moves, creates and deletes refs in one transaction: all of them or none. A ref that is not where the caller thinks,
 * or whose name clashes with another one, is an answer.
 * @throws GitError for what is the caller's mistake: a name or an object that git does not take
 */
export async function updateRefs(git: Git, updates: readonly RefUpdate[]): Promise<RefUpdateResult> {
  const input = updates.map(commandOf).join('');
  const { code, stderr } = await run(git, ['update-ref', '--stdin', '-z'], { input, accept: [0, FATAL] });
  if (code === 0) return { ok: true };
  const refs = await listRefs(git);
  const moved = updates.filter(
    ({ name, before }) => before !== undefined && (refs.get(name) ?? ZERO_OID) !== before,
  );
  if (moved.length > 0) return { ok: false, reason: 'moved', names: moved.map(({ name }) => name) };
  const clashing = clashes(updates, [...refs.keys()]);
  if (clashing.length > 0) return { ok: false, reason: 'clash', names: clashing };
  throw new GitError('git update-ref --stdin', stderr);
}

function commandOf({ name, before, after }: RefUpdate): string {
  assertOids(after, ...(before === undefined ? [] : [before]));
  if (after !== ZERO_OID) return `update ${name}\0${after}\0${before ?? ''}\0`;
  // Git has no word for "delete what must not exist"; that the ref is not there can still be checked.
  return before === ZERO_OID ? `verify ${name}\0${before}\0` : `delete ${name}\0${before ?? ''}\0`;
}

function clashes(updates: readonly RefUpdate[], existing: readonly string[]): readonly string[] {
  const written = updates.filter(({ after }) => after !== ZERO_OID).map(({ name }) => name);
  const others = [...existing, ...written];
  return written.filter((name) =>
    others.some((other) => other.startsWith(`${name}/`) || name.startsWith(`${other}/`)),
  );
}
