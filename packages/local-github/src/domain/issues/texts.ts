import type { Edit, Id } from '../../state/model.js';
import type { View } from '../../world.js';
import type { Write } from '../context.js';
import { type FieldError, unprocessable } from '../errors.js';

/** GitHub refuses longer bodies with "maximum is 65536 characters". Counted in UTF-16 units, which refuses rather more. */
const BODY_LIMIT = 65_536;
const TITLE_LIMIT = 256;

function refuse(error: FieldError): never {
  throw unprocessable('Validation Failed', [error]);
}

/** Throws 422 for a title that is empty or longer than 256 characters. */
export function checkTitle(resource: 'Issue' | 'PullRequest', title: string): void {
  if (title.trim() === '') refuse({ resource, code: 'missing_field', field: 'title' });
  if (title.length > TITLE_LIMIT) {
    const message = `title is too long (maximum is ${TITLE_LIMIT} characters)`;
    refuse({ resource, code: 'custom', field: 'title', message });
  }
}

/** Throws 422 for a body longer than 65,536 characters. */
export function checkBody(resource: string, body: string | null | undefined): void {
  if (body === null || body === undefined || body.length <= BODY_LIMIT) return;
  const message = `body is too long (maximum is ${BODY_LIMIT} characters)`;
  refuse({ resource, code: 'custom', field: 'body', message });
}

/** A text with an edit history. */
export interface Written {
  readonly id: Id;
  readonly authorId: Id;
  readonly body: string | null;
  readonly createdAt: string;
}

/**
 * Adds an edit by the actor to the history of a text, before the row changes. The first edit also puts the original there,
 * under its author and time. Returns the row's new `edited`.
 */
export function recordEdit(write: Write, before: Written, text: string): { byId: Id; at: string } {
  const known = Object.values(write.state.edits).some((edit) => edit.subjectId === before.id);
  if (!known) {
    addEdit(write, before.id, before.authorId, before.createdAt, before.body ?? '');
  }
  addEdit(write, before.id, write.actorId, write.now, text);
  return { byId: write.actorId, at: write.now };
}

function addEdit(write: Write, subjectId: Id, editorId: Id, at: string, text: string): void {
  const id = write.newId();
  write.state.edits[id] = { id, subjectId, editorId, at, text };
}

/** The edits of a body, newest first; the last one is the original. Empty for a text that was never edited. */
export function editHistory(view: View, subjectId: Id): Edit[] {
  return Object.values(view.state.edits)
    .filter((edit) => edit.subjectId === subjectId)
    .sort((a, b) => b.id - a.id);
}
