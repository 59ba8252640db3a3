import type { Actor } from '../../core/model/index.js';

/** An actor as the fragment `Who` gives it. */
export interface RawActor {
  readonly __typename: string;
  readonly login: string;
  readonly databaseId?: number | null;
}

/**
 * Who that is. `me` is the database id of the app's own bot account: logins prove nothing. What is neither a person nor
 * an app (an organisation, a mannequin) can have no role, and is shown as a person.
 */
export function actorOf(raw: RawActor | null, me: number): Actor | null {
  if (raw === null) return null;
  const bot = raw.__typename === 'Bot';
  const login = bot && !raw.login.endsWith('[bot]') ? `${raw.login}[bot]` : raw.login;
  if (raw.databaseId === me) return { login, kind: 'me' };
  return { login, kind: bot ? 'bot' : 'person' };
}

/** The author of a text; the app's own word for it counts beside the id. */
export function authorOf(
  { author, viewerDidAuthor }: { readonly author: RawActor | null; readonly viewerDidAuthor: boolean },
  me: number,
): Actor | null {
  const actor = actorOf(author, me);
  return actor !== null && viewerDidAuthor ? { login: actor.login, kind: 'me' } : actor;
}
