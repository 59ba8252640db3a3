import { marker } from '../../core/names/markers.js';
import { noteSaid } from '../known.js';
import { OWN_COMMENTS, type OwnComments, idsOfSaid } from '../queries/own-comments.js';
import { type WriteContext, query, refusedWith, send } from './context.js';

/**
 * Says something on an issue or pull request once per cause: the comment carries a marker of its cause, and the app's own
 * among the last hundred comments are looked through for it first. If they cannot be read, nothing is written. Where
 * another process has said it meanwhile, the later of the two comments is taken back by the process that wrote it.
 */
export async function comment(
  context: WriteContext,
  said: { readonly number: number; readonly body: string; readonly cause: string },
): Promise<void> {
  const { number, body, cause } = said;
  const mark = marker('said', { cause });
  if ((await readSaid(context, number, mark)).length > 0) {
    noteSaid(context.known, number, cause);
    return;
  }
  const { data } = await send(context, 'POST', '/issues/{issue_number}/comments', {
    issue_number: number,
    body: `${withoutCommands(body)}\n\n${mark}`,
  });
  noteSaid(context.known, number, cause);
  const { id: own } = Object(data) as { readonly id?: unknown };
  const all = await readSaid(context, number, mark);
  if (typeof own === 'number' && all.some((id) => id < own)) await takeBack(context, own);
}

async function readSaid(context: WriteContext, number: number, mark: string): Promise<readonly number[]> {
  return idsOfSaid(await query<OwnComments>(context, OWN_COMMENTS, { number }), mark);
}

async function takeBack(context: WriteContext, id: number): Promise<void> {
  try {
    await send(context, 'DELETE', '/issues/comments/{comment_id}', { comment_id: id });
  } catch (error) {
    // Somebody else was faster.
    if (!refusedWith(error, 404)) throw error;
  }
}

/** A line that begins with a slash could be taken for a command, by this app or by another. */
function withoutCommands(body: string): string {
  return body.replace(/^([^\S\n]*)\//gm, '$1\\/');
}
