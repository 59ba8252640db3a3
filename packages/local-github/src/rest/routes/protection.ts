import { present } from '../../domain/context.js';
import { notServed, unprocessable } from '../../domain/errors.js';
import {
  deleteProtection,
  getProtection,
  putProtection,
  requireSignatures,
} from '../../domain/protection/operations.js';
import { presentProtection, presentSignatures } from '../../present/protection.js';
import type { Protection, RequiredCheck } from '../../state/model.js';
import { type Input, type Route, noContent, ok, route } from '../route.js';
import { repositoryToRead, repositoryToWrite, serveOnly } from './issue-target.js';

const READ = [{ administration: 'read' }] as const;
const WRITE = [{ administration: 'write' }] as const;

type Body = Input<'repos/update-branch-protection'>['body'];

/** Settings that are off here, always. */
const OFF = [
  'allow_force_pushes',
  'allow_deletions',
  'block_creations',
  'required_conversation_resolution',
  'lock_branch',
  'allow_fork_syncing',
] as const;

/** -1 is GitHub's word for "any app". */
function requiredChecks(checks: NonNullable<Body['required_status_checks']>): readonly RequiredCheck[] {
  // The description calls `contexts` required; GitHub takes either.
  const contexts: readonly string[] | undefined = checks.contexts;
  const named = checks.checks ?? contexts?.map((context) => ({ context, app_id: -1 }));
  if (named === undefined)
    throw unprocessable('Invalid request. required_status_checks needs checks or contexts.');
  return named.map(({ context, app_id: appId = -1 }) => ({ context, appId: appId === -1 ? null : appId }));
}

function protectionOf(body: Body): Omit<Protection, 'signatures'> {
  for (const key of OFF) {
    if (body[key] === true) throw notServed(`${key} of repos/update-branch-protection`);
  }
  if (body.restrictions !== null) throw notServed('restrictions of repos/update-branch-protection');
  const { required_status_checks: checks, required_pull_request_reviews: reviews } = body;
  const { require_code_owner_reviews: owners, ...served } = reviews ?? {};
  if (owners === true) throw notServed('code owners');
  serveOnly('required_pull_request_reviews', served, [
    'dismiss_stale_reviews',
    'require_last_push_approval',
    'required_approving_review_count',
  ]);
  return {
    requiredChecks: checks === null ? [] : requiredChecks(checks),
    strict: checks?.strict ?? false,
    approvals: reviews === null ? null : (reviews.required_approving_review_count ?? 1),
    dismissStale: reviews?.dismiss_stale_reviews ?? false,
    lastPush: reviews?.require_last_push_approval ?? false,
    linear: body.required_linear_history ?? false,
    enforceAdmins: body.enforce_admins ?? false,
  };
}

export const protectionRoutes: readonly Route[] = [
  route('repos/get-branch-protection', READ, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    const protection = getProtection(context, repository, path.branch);
    return ok(presentProtection(view, repository.id, path.branch, protection));
  }),
  route('repos/update-branch-protection', WRITE, async (context, { path, body }) => {
    const repository = repositoryToWrite(context, path);
    const protection = putProtection(context, repository, path.branch, protectionOf(body));
    return ok(presentProtection(present(context), repository.id, path.branch, protection));
  }),
  route('repos/delete-branch-protection', WRITE, async (context, { path }) => {
    deleteProtection(context, repositoryToWrite(context, path), path.branch);
    return noContent();
  }),
  route('repos/get-commit-signature-protection', READ, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    const { signatures } = getProtection(context, repository, path.branch);
    return ok(presentSignatures(view, repository.id, path.branch, signatures));
  }),
  route('repos/create-commit-signature-protection', WRITE, async (context, { path }) => {
    const repository = repositoryToWrite(context, path);
    const { signatures } = requireSignatures(context, repository, path.branch, true);
    return ok(presentSignatures(present(context), repository.id, path.branch, signatures));
  }),
  route('repos/delete-commit-signature-protection', WRITE, async (context, { path }) => {
    requireSignatures(context, repositoryToWrite(context, path), path.branch, false);
    return noContent();
  }),
];
