import type { Signature } from '../../git/objects.js';
import type { Id } from '../../state/model.js';
import type { View } from '../../world.js';
import { row } from '../context.js';

/** An account as author or committer, with the address that GitHub gives to people who hide theirs. */
export function signatureOf(view: View, accountId: Id): Signature {
  const { id, login, name } = row(view.state.accounts, accountId);
  return { name, email: `${id}+${login}@users.noreply.github.com`, date: view.now };
}

/** The committer of what GitHub's own server commits for somebody. */
export function gitHubSignature(view: View): Signature {
  return { name: 'GitHub', email: 'noreply@github.com', date: view.now };
}

/** The account behind an address that {@link signatureOf} made, or undefined. */
export function accountOf(view: View, email: string): Id | undefined {
  const match = /^(\d+)\+[^@]*@users\.noreply\.github\.com$/.exec(email);
  const id = Number(match?.[1] ?? -1);
  return view.state.accounts[id] === undefined ? undefined : id;
}
