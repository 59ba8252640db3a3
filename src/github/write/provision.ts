import { AppError } from '../../app/errors.js';
import type { Provision } from '../../core/actions/action.js';
import { type WriteContext, refusedWith, send } from './context.js';
import { putTask, taskCommit } from './files.js';
import { type Refusal, isForbidden, mutate } from './mutate.js';
import type { Field } from './mutation.js';
import { NO_DRAFTS, openPull } from './pulls.js';

/** One mutation of a provisioning, and the REST call that does the same. */
interface Step {
  readonly field: Field;
  rest(refusal: Refusal): Promise<void>;
}

/**
 * Makes branch, task commit and draft pull request of one issue in one document. Creating the branch is the claim: if it
 * exists already, another run has it, which is transient. Steps that an app may not do by GraphQL, and the ones behind
 * them, are done by REST.
 */
export async function provision(context: WriteContext, action: Provision): Promise<void> {
  const { from, task, pull } = action;
  const repositoryId = await context.repositoryId();
  const ref = `refs/heads/${task.branch}`;
  const steps: readonly Step[] = [
    {
      field: { mutation: 'createRef', input: { repositoryId, name: ref, oid: from } },
      rest: () => createRef(context, ref, from),
    },
    { field: taskCommit(context, task, from), rest: () => putTask(context, task) },
    {
      field: {
        mutation: 'createPullRequest',
        input: {
          repositoryId,
          baseRefName: pull.base,
          headRefName: pull.head,
          title: pull.title,
          body: pull.body,
          draft: pull.draft,
          maintainerCanModify: false,
        },
      },
      rest: ({ message }) => openPull(context, { ...pull, draft: pull.draft && !NO_DRAFTS.test(message) }),
    },
  ];
  const refusals = await mutate(
    context,
    'Provision',
    steps.map(({ field }) => field),
  );
  if (!refusals[1]) context.known.tasks.set(`${task.headline}\n\n${task.body}`, task.content);
  let byRest = false;
  for (const [index, step] of steps.entries()) {
    const refusal = refusals[index];
    if (!refusal) continue;
    byRest ||= isForbidden(refusal) || NO_DRAFTS.test(refusal.message);
    if (!byRest) throw failure(refusal);
    await step.rest(refusal);
  }
}

async function createRef(context: WriteContext, ref: string, sha: string): Promise<void> {
  try {
    await send(context, 'POST', '/git/refs', { ref, sha });
  } catch (error) {
    if (refusedWith(error, 422, /already exists/i)) throw claimed(error);
    throw error;
  }
}

function failure({ error, message }: Refusal): AppError {
  return /already exists/i.test(message) ? claimed(error) : error;
}

function claimed(cause: AppError): AppError {
  return new AppError('transient', cause.message, { cause });
}
