import type { Access } from '../../access/access.js';
import type { CheckAction, CheckRun } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Context, demand, effect, present, row } from '../context.js';
import { unprocessable } from '../errors.js';
import { runNow } from './read.js';

/**
 * GitHub shows buttons, "Re-run" among them, to people who may write (seen by web-platform-tests/wpt.fyi#829 and
 * OpenAstronomy/baldrick#86). No API presses one.
 */
export const PRESS: Access = { role: 'write', app: [] };

/**
 * The buttons on the page of a run: those that its app gave it, once it is completed. No answer of GitHub's API has them.
 * https://docs.github.com/en/rest/guides/using-the-rest-api-to-interact-with-checks#check-runs-and-requested-actions
 */
export function seeButtons(context: Context, run: CheckRun): readonly CheckAction[] {
  demand(context, row(context.view.state.repositories, run.repositoryId), PRESS);
  return buttonsOf(context.view, run);
}

function buttonsOf(view: View, run: CheckRun): readonly CheckAction[] {
  return runNow(view, run).status === 'completed' ? run.actions : [];
}

/**
 * A person presses a button of a run: the app that owns it is told, and nothing else happens. 422 for a run that is not
 * completed, and for a button that it does not have.
 */
export function pressButton(context: Context, run: CheckRun, identifier: string): void {
  const view = present(context);
  demand(context, row(view.state.repositories, run.repositoryId), PRESS);
  const { status } = runNow(view, run);
  if (status !== 'completed') {
    throw unprocessable(`The check run "${run.name}" is ${status}: it has buttons when it is completed`);
  }
  const known = buttonsOf(view, run).map((button) => button.identifier);
  if (!known.includes(identifier)) {
    const has = known.length === 0 ? 'no button' : `no button but ${known.join(', ')}`;
    throw unprocessable(`The check run "${run.name}" has ${has}; ${identifier} was pressed`);
  }
  effect(context, (write) => {
    const action = 'requested_action';
    write.emit(run.repositoryId, { name: 'check_run', action, checkRunId: run.id, identifier });
  });
}
