import { requireAccess } from '../../access/access.js';
import type { Id, Repository } from '../../state/model.js';
import type { Context } from '../context.js';
import { forbidden } from '../errors.js';

/** The calling app. Checks belong to apps: people and their tokens are refused (403), and apps without the permission. */
export function demandApp(context: Context, repository: Repository): Id {
  const { principal } = context;
  if (principal.kind !== 'installation') throw forbidden('You must authenticate via a GitHub App.');
  requireAccess(principal, repository, { role: 'admin', app: [{ checks: 'write' }] });
  return principal.appId;
}
