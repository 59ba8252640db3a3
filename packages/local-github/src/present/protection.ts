import type { Json } from '../rest/route.js';
import type { Id, Protection } from '../state/model.js';
import type { View } from '../world.js';
import { pathInUrl, repositoryUrl } from './urls.js';

/** Address of a branch's protection in the API. */
export function protectionUrl(view: View, repositoryId: Id, branch: string): string {
  return `${repositoryUrl(view, repositoryId)}/branches/${pathInUrl(branch)}/protection`;
}

/** GitHub's `branch-protection`, which is also its `protected-branch`. What cannot be set here is off. */
export function presentProtection(
  view: View,
  repositoryId: Id,
  branch: string,
  protection: Protection,
): { readonly [key: string]: Json } {
  const url = protectionUrl(view, repositoryId, branch);
  const { requiredChecks, strict, approvals } = protection;
  const checks = `${url}/required_status_checks`;
  const off = { enabled: false };
  return {
    url,
    ...((requiredChecks.length > 0 || strict) && {
      required_status_checks: {
        url: checks,
        strict,
        contexts: requiredChecks.map(({ context }) => context),
        contexts_url: `${checks}/contexts`,
        checks: requiredChecks.map(({ context, appId }) => ({ context, app_id: appId })),
      },
    }),
    ...(approvals !== null && {
      required_pull_request_reviews: {
        url: `${url}/required_pull_request_reviews`,
        dismiss_stale_reviews: protection.dismissStale,
        require_code_owner_reviews: false,
        require_last_push_approval: protection.lastPush,
        required_approving_review_count: approvals,
      },
    }),
    required_signatures: presentSignatures(view, repositoryId, branch, protection.signatures),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: protection.enforceAdmins },
    required_linear_history: { enabled: protection.linear },
    allow_force_pushes: off,
    allow_deletions: off,
    block_creations: off,
    required_conversation_resolution: off,
    lock_branch: off,
    allow_fork_syncing: off,
  };
}

/** Whether the commits of a protected branch have to be signed. */
export function presentSignatures(
  view: View,
  repositoryId: Id,
  branch: string,
  enabled: boolean,
): { readonly [key: string]: Json } {
  return { url: `${protectionUrl(view, repositoryId, branch)}/required_signatures`, enabled };
}
