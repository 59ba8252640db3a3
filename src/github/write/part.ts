import type { Action } from '../../core/actions/action.js';
import type { Refusal } from './mutate.js';
import type { Field } from './mutation.js';

/** Actions that rest on nothing and go out as fields of shared documents. */
export type TogetherAction = Extract<Action, { readonly kind: 'publish gates' | 'assign' | 'pin' | 'unpin' }>;

/** One write of such an action. */
export interface Part {
  /** The action that it belongs to, by its place in the list. */
  readonly index: number;
  /** What it writes to, for the log. */
  readonly what: string;
  readonly field: Field;
  /** What is to be done where GitHub refuses: gives a note if that is no error, throws an AppError if it is. */
  refused(refusal: Refusal): Promise<string | null>;
}

/** What became of an action, while its parts come in. */
export interface Ledger {
  fail(index: number, what: string, error: unknown): void;
  note(index: number, note: string): void;
}
