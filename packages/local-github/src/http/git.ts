import { type Context, findRepository, present } from '../domain/context.js';
import { GitHubError } from '../domain/errors.js';
import { applyPush, mayPush, pushAllowed } from '../domain/refs/push.js';
import type { PushedRef } from '../git/hook.js';
import { serveGit } from '../git/http.js';
import { ZERO_OID } from '../git/oid.js';
import type { Repository } from '../state/model.js';
import type { Call } from './call.js';
import type { Incoming, Outgoing } from './message.js';

const ADDRESS = /^\/([^/]+)\/([^/]+)\.git(\/.*)$/;
const PUSH_SERVICE = 'git-receive-pack';

const CHALLENGE: Outgoing = {
  status: 401,
  headers: { 'www-authenticate': 'Basic realm="GitHub"', 'content-type': 'text/plain' },
  body: 'Authentication required\n',
};

/** A request of git's smart HTTP protocol as a call; undefined if the address is not a repository's. */
export function gitCall(incoming: Incoming): Call | undefined {
  const [, owner, name, path] = ADDRESS.exec(incoming.path) ?? [];
  if (owner === undefined || name === undefined || path === undefined) return undefined;
  const service = path === '/info/refs' ? new URLSearchParams(incoming.query).get('service') : path.slice(1);
  const pushes = service === PUSH_SERVICE;
  const writes = path === `/${PUSH_SERVICE}`;

  async function run(context: Context): Promise<Outgoing> {
    if (pushes && context.principal.kind === 'anonymous') return CHALLENGE;
    try {
      const repository = findRepository(context, present(context), owner ?? '', name ?? '');
      return await serve(context, repository, { ...incoming, path: path ?? '' });
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error;
      if (context.principal.kind === 'anonymous') return CHALLENGE;
      return { status: error.status, headers: { 'content-type': 'text/plain' }, body: `${error.message}\n` };
    }
  }

  return {
    kind: writes ? 'write' : 'read',
    locks: writes,
    operation: service ?? '',
    mutations: [],
    budget: 'none',
    run,
  };
}

async function serve(context: Context, repository: Repository, request: Incoming): Promise<Outgoing> {
  const git = context.world.git(repository.id);
  const pushed: PushedRef[] = [];
  const outgoing = await serveGit(git, request, {
    mayPush: mayPush(context, repository),
    async checkPush(updates, quarantine) {
      pushed.push(...updates);
      return pushAllowed(context, repository, updates, quarantine);
    },
  });
  const refs = await git.listRefs();
  const moved = pushed.filter(({ ref, after }) => (refs.get(ref) ?? ZERO_OID) === after);
  await applyPush(context, repository, moved);
  return outgoing;
}
