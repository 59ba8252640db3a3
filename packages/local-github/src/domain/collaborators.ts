import type { Access } from '../access/access.js';
import type { Account, Repository, Role } from '../state/model.js';
import { type Context, actor, demand, effect, row } from './context.js';

const ADMINISTER: Access = { role: 'admin', app: [{ administration: 'write' }] };

/**
 * Gives somebody a role in a repository, or takes theirs, for administrators. Everybody here belongs to the organisation,
 * so nobody is invited first.
 */
export function setCollaborator(context: Context, repository: Repository, { id }: Account, role: Role): void {
  actor(context);
  demand(context, repository, ADMINISTER);
  effect(context, (write) => {
    row(write.state.repositories, repository.id).roles[id] = role;
  });
}
