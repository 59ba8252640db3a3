import { atLeast } from '../authority/role-book.js';
import type { Role } from '../model/index.js';
import { findVerb } from './registry.js';
import type { Verb, VerbRow } from './registry.js';

/** The role that a verb needs at least. */
export function roleFor(verb: Verb): VerbRow['role'] {
  // Every verb has its row; were one missing, nobody short of a maintainer could run it.
  return findVerb(verb)?.role ?? 'maintain';
}

/** Whether someone with that role may run the verb. */
export function mayRun(role: Role, verb: Verb): boolean {
  return atLeast(role, roleFor(verb));
}

/** Whether someone with that role is given a reply at all. Below that the app only reacts. */
export function isAnswered(role: Role): boolean {
  return atLeast(role, 'triage');
}
