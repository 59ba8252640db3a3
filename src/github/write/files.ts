import type { Action, Task } from '../../core/actions/action.js';
import { type WriteContext, refusedWith, send } from './context.js';
import { mutateOne } from './mutate.js';
import type { Field } from './mutation.js';

type ActionOf<Kind extends Action['kind']> = Extract<Action, { readonly kind: Kind }>;

/** Records a task on a branch that is still at the expected head; another head is transient. */
export function writeTask(
  context: WriteContext,
  { task, expectedHead }: ActionOf<'write task'>,
): Promise<void> {
  return mutateOne(context, 'WriteTask', taskCommit(context, task, expectedHead));
}

/** Removes the task file in one commit, from the expected head. */
export function removeTaskFile(context: WriteContext, action: ActionOf<'remove task file'>): Promise<void> {
  const { branch, expectedHead, headline, path } = action;
  return mutateOne(context, 'RemoveTaskFile', {
    mutation: 'createCommitOnBranch',
    input: {
      branch: branchOf(context, branch),
      expectedHeadOid: expectedHead,
      message: { headline },
      fileChanges: { deletions: [{ path }] },
    },
  });
}

/** The commit of a task. GitHub makes it in the app's name and signs it. */
export function taskCommit(context: WriteContext, task: Task, expectedHead: string): Field {
  return {
    mutation: 'createCommitOnBranch',
    input: {
      branch: branchOf(context, task.branch),
      expectedHeadOid: expectedHead,
      message: { headline: task.headline, body: task.body },
      fileChanges: { additions: [{ path: task.path, contents: base64(task.content) }] },
    },
  };
}

/** The same commit by REST, which cannot say from which head: only for a branch that this run made. */
export async function putTask(context: WriteContext, task: Task): Promise<void> {
  const { branch, path, content, headline, body } = task;
  await send(context, 'PUT', '/contents/{path}', {
    path,
    branch,
    message: `${headline}\n\n${body}`,
    content: base64(content),
    ...(await replaced(context, path, branch)),
  });
}

/** REST wants to be told which file a commit replaces. */
async function replaced(context: WriteContext, path: string, branch: string): Promise<{ sha?: string }> {
  try {
    const { data } = await send(context, 'GET', '/contents/{path}', { path, ref: branch });
    return { sha: (data as { sha: string }).sha };
  } catch (error) {
    if (refusedWith(error, 404)) return {};
    throw error;
  }
}

function branchOf({ owner, name }: WriteContext, branchName: string) {
  return { repositoryNameWithOwner: `${owner}/${name}`, branchName };
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
