import type { Id, Permissions } from '../state/model.js';

/** Who asks. An app's installation acts as the app's bot account. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly accountId: Id }
  | {
      readonly kind: 'installation';
      readonly installationId: Id;
      readonly appId: Id;
      readonly accountId: Id;
      /** The account that the app is installed on: its permissions hold in that account's repositories alone. */
      readonly ownerId: Id;
      readonly permissions: Permissions;
    }
  | { readonly kind: 'app'; readonly appId: Id };

/** The account that acts, or undefined for nobody and for an app that speaks for itself. */
export function actingAccount(principal: Principal): Id | undefined {
  return principal.kind === 'user' || principal.kind === 'installation' ? principal.accountId : undefined;
}

/** True if this app is asking, by its own token or an installation's. */
export function isApp(principal: Principal, appId: Id): boolean {
  return (principal.kind === 'installation' || principal.kind === 'app') && principal.appId === appId;
}
