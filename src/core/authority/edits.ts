import type { Actor, Edit, History, Time } from '../model/index.js';
import { type RoleBook, atLeast } from './role-book.js';

/** Edits this short a time before an approval count as made after it: nobody reads and clicks faster. */
const GRACE = 60_000;

/** An edit by somebody who may not, or why nobody can tell. */
export type Changed =
  { readonly kind: 'changed'; readonly edit: Edit } | { readonly kind: 'unread'; readonly why: string };

/**
 * What somebody without write has changed in an issue after its text was approved, or just before; null if nothing. Every
 * edit is judged, so that all roles that are not known are asked for at once; a certain answer comes first.
 */
export function changedSince(approvedAt: Time, { edits }: History, book: RoleBook): Changed | null {
  const found = edits
    .filter((edit) => edit.at >= approvedAt - GRACE)
    .flatMap((edit) => judge(edit, book) ?? []);
  return found.find(({ kind }) => kind === 'changed') ?? found[0] ?? null;
}

function judge(edit: Edit, book: RoleBook): Changed | null {
  const { editor, at } = edit;
  if (editor === null) return { kind: 'changed', edit };
  if (editor.kind === 'me') return null;
  const role = book.of(editor, at);
  if (role.kind === 'unreadable') return unreadRole(editor, role.why);
  return atLeast(role.value, 'write') ? null : { kind: 'changed', edit };
}

/** For somebody whose role nobody could tell. */
export function unreadRole({ login }: Actor, why: string): { readonly kind: 'unread'; readonly why: string } {
  return { kind: 'unread', why: `cannot read the role of ${login}: ${why}` };
}
