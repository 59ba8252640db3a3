import type { CheckSuite, Id } from '../../state/model.js';
import { type Write, row } from '../context.js';

/** The suite of an app on a commit, or undefined. */
function findSuite(
  suites: Readonly<Record<Id, CheckSuite>>,
  key: { repositoryId: Id; appId: Id; headSha: string },
): CheckSuite | undefined {
  return Object.values(suites).find(
    (suite) =>
      suite.repositoryId === key.repositoryId && suite.appId === key.appId && suite.headSha === key.headSha,
  );
}

/** The suite of an app on a commit, made if there is none. */
export function ensureSuite(
  write: Write,
  key: { repositoryId: Id; appId: Id; headSha: string; headBranch: string | null },
): CheckSuite {
  const existing = findSuite(write.state.checkSuites, key);
  if (existing) return existing;
  const suite: CheckSuite = {
    id: write.newId(),
    ...key,
    reset: false,
    createdAt: write.now,
    updatedAt: write.now,
  };
  write.state.checkSuites[suite.id] = suite;
  return suite;
}

/**
 * Asks every installed app that may write checks for its checks on a commit that was pushed, once per commit.
 * https://docs.github.com/en/rest/guides/using-the-rest-api-to-interact-with-checks
 */
export function requestSuites(
  write: Write,
  repositoryId: Id,
  head: { headSha: string; headBranch: string | null },
): void {
  const { ownerId } = row(write.state.repositories, repositoryId);
  for (const installation of Object.values(write.state.installations)) {
    const app = row(write.state.apps, installation.appId);
    if (installation.accountId !== ownerId || app.permissions.checks !== 'write') continue;
    const key = { repositoryId, appId: app.id, headSha: head.headSha, headBranch: head.headBranch };
    if (findSuite(write.state.checkSuites, key)) continue;
    const { id } = ensureSuite(write, key);
    write.emit(repositoryId, { name: 'check_suite', action: 'requested', checkSuiteId: id });
  }
}
