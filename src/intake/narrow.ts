import type { Click, RepositoryKey } from '../app/ports.js';
import { parseTime } from '../core/text/time.js';

/** The little of a webhook that is looked at. Everything else is read from GitHub when the repository's turn comes. */
export interface Delivered {
  /** The delivery's id. */
  readonly id: string;
  readonly name: string;
  readonly payload: {
    readonly action?: string;
    readonly sender?: { readonly id: number; readonly login?: string; readonly type?: string } | null;
    readonly installation?: { readonly id: number } | null;
    readonly repository?: { readonly full_name: string } | null;
  };
}

/** What is looked at of a webhook about a click. */
export interface Clicked extends Delivered {
  readonly payload: Delivered['payload'] & {
    readonly check_run?: { readonly id: number; readonly head_sha: string };
    readonly check_suite?: { readonly head_sha: string; readonly updated_at?: string | null };
    readonly requested_action?: { readonly identifier?: string };
  };
}

/** The repository that it is about; undefined if it is about none, or not from an installation. */
export function keyOf({ payload }: Delivered): RepositoryKey | undefined {
  const { installation, repository } = payload;
  if (!installation || !repository) return undefined;
  return { installation: installation.id, repository: repository.full_name };
}

/**
 * The click that a webhook tells of; undefined if it does not tell who clicked on what. `me` is the database id of the app's
 * bot user, `now` the time that it came at (ms).
 */
export function clickOf({ payload }: Clicked, me: number | undefined, now: number): Click | undefined {
  const { sender, check_run: run, check_suite: suite, requested_action: requested } = payload;
  if (sender?.login === undefined) return undefined;
  const kind = sender.id === me ? 'me' : sender.type === 'User' ? 'person' : 'bot';
  const by = { login: sender.login, kind } as const;
  if (run !== undefined) {
    const identifier = payload.action === 'rerequested' ? RERUN : requested?.identifier;
    return identifier === undefined ? undefined : { by, sha: run.head_sha, run: run.id, identifier, at: now };
  }
  const at = timeOf(suite?.updated_at ?? '');
  if (suite === undefined || at === undefined) return undefined;
  return { by, sha: suite.head_sha, run: null, identifier: RERUN, at };
}

const RERUN = 'rerun';

/** A webhook whose time cannot be read is a hint all the same. */
function timeOf(text: string): number | undefined {
  try {
    return parseTime(text);
  } catch {
    return undefined;
  }
}

/** For the log: `issues.labeled 72d3162e-…`. */
export function causeOf({ id, name, payload }: Delivered): string {
  const event = payload.action === undefined ? name : `${name}.${payload.action}`;
  return `${event} ${id}`;
}
