import type { CheckRun, CheckSuite, Id } from '../../state/model.js';
import { type Context, type Write, demand, effect, present, row } from '../context.js';
import { forbidden, unprocessable } from '../errors.js';
import { demandApp } from './access.js';
import { PRESS } from './buttons.js';
import { runNow } from './read.js';

/**
 * An app asks itself for a run again. The suite is reset to queued and the run stays as it is; what then becomes of the
 * run is the app's to say. 403 for another app's, 422 for one that is not completed.
 * https://docs.github.com/en/rest/checks/runs#rerequest-a-check-run
 */
export function rerequestRun(context: Context, run: CheckRun): void {
  demandOwn(context, run);
  demandCompleted(context, run);
  rerunInside(context, run);
}

/** As {@link rerequestRun}, of the whole suite: https://docs.github.com/en/rest/checks/suites#rerequest-a-check-suite */
export function rerequestSuite(context: Context, suite: CheckSuite): void {
  demandOwn(context, suite);
  askAgain(context, suite);
}

/** A person presses "Re-run" beside a run. 422 for one that is not completed. */
export function pressRerun(context: Context, run: CheckRun): void {
  demandPresser(context, run.repositoryId);
  demandCompleted(context, run);
  rerunInside(context, run);
}

/** A person presses "Re-run all checks" of an app's suite. */
export function pressRerunAll(context: Context, suite: CheckSuite): void {
  demandPresser(context, suite.repositoryId);
  askAgain(context, suite);
}

function rerunInside(context: Context, run: CheckRun): void {
  effect(context, (write) => {
    resetSuite(write, run.suiteId);
    write.emit(run.repositoryId, { name: 'check_run', action: 'rerequested', checkRunId: run.id });
  });
}

function askAgain(context: Context, suite: CheckSuite): void {
  effect(context, (write) => {
    resetSuite(write, suite.id);
    write.emit(suite.repositoryId, { name: 'check_suite', action: 'rerequested', checkSuiteId: suite.id });
  });
}

function resetSuite(write: Write, suiteId: Id): void {
  const suite = row(write.state.checkSuites, suiteId);
  suite.reset = true;
  suite.updatedAt = write.now;
}

function demandOwn(context: Context, { repositoryId, appId }: CheckRun | CheckSuite): void {
  if (demandApp(context, row(present(context).state.repositories, repositoryId)) !== appId) {
    throw forbidden('Resource not accessible by integration');
  }
}

function demandPresser(context: Context, repositoryId: Id): void {
  demand(context, row(present(context).state.repositories, repositoryId), PRESS);
}

function demandCompleted(context: Context, run: CheckRun): void {
  if (runNow(present(context), run).status !== 'completed') {
    throw unprocessable('This check run is not rerequestable');
  }
}
