import type { Violation } from './violation.js';

interface Exception {
  readonly operations: readonly string[];
  readonly where: Violation['where'];
  readonly at: RegExp;
  /** How GitHub's description contradicts its own documentation or examples. */
  readonly reason: string;
}

/** The known mistakes of GitHub's machine-readable descriptions. Everything else that differs is a violation. */
const exceptions: readonly Exception[] = [
  {
    operations: ['issues/set-labels'],
    where: 'body',
    at: /^labels$/,
    reason: 'asks for one label at least, while its text says that an empty array removes all labels',
  },
  {
    operations: ['repos/update-branch-protection'],
    where: 'body',
    at: /^required_status_checks\.contexts$/,
    reason: 'asks for `contexts` also where `checks` takes its place, and its text calls it closing down',
  },
  {
    operations: ['apps/list-installations'],
    where: 'response',
    at: /^\[\d+\]\.account\.(name|slug|created_at|updated_at)$/,
    reason: 'asks for the keys of a user and of an enterprise at once; its own example has those of a user',
  },
  {
    operations: ['apps/list-installations'],
    where: 'response',
    at: /^\[\d+\]\.permissions\.merge_queues$/,
    reason: 'has an older list of permissions of its own; `app-permissions`, used everywhere else, names it',
  },
  {
    operations: ['check_suite.completed', 'check_suite.requested', 'check_suite.rerequested'],
    where: 'webhook',
    at: /^check_suite\.app\.permissions\.merge_queues$/,
    reason: 'has an older list of permissions of its own; `app-permissions`, used elsewhere, names it',
  },
  {
    operations: ['pulls/list', 'repos/list-pull-requests-associated-with-commit'],
    where: 'response',
    at: /^\[\d+\]\.labels\[\d+\]\.description$/,
    reason: 'asks for a text, while a label without a description has null everywhere else',
  },
  {
    operations: ['checks/get', 'checks/update', 'checks/create', 'checks/list-for-ref'],
    where: 'response',
    at: /conclusion$/,
    reason:
      'leaves out `stale`, which the documentation of checks names for what was not completed in 14 days',
  },
  {
    operations: [
      'issue_dependencies.blocked_by_added',
      'issue_dependencies.blocked_by_removed',
      'issue_dependencies.blocking_added',
      'issue_dependencies.blocking_removed',
    ],
    where: 'webhook',
    at: /^organization$/,
    reason: 'asks for an organization, which the repository of a user does not have',
  },
  {
    operations: ['check_suite.requested', 'check_suite.completed', 'check_suite.rerequested'],
    where: 'webhook',
    at: /^check_suite\.app\.events\[\d+\]$/,
    reason:
      'lists the events that an app can subscribe to without the newer ones, such as `issue_dependencies`',
  },
];

/** Whether a difference is a known mistake of the description. */
export function isExcepted(violation: Violation): boolean {
  return exceptions.some(
    ({ operations, where, at }) =>
      operations.includes(violation.operation) && where === violation.where && at.test(violation.at),
  );
}
