import type { Action } from '../actions/action.js';
import { answerNotNow } from '../commands/answers.js';
import type { Command } from '../commands/command.js';
import type { Comment } from '../model/index.js';
import type { Progress } from '../view/progress.js';
import type { View } from '../view/view.js';

/** What running one command means: writes and perhaps an answer, a refusal, or what has to be known first. */
export type Ran =
  | { readonly kind: 'done'; readonly actions: readonly Action[]; readonly answer: string | null }
  | { readonly kind: 'refused'; readonly answer: string }
  | { readonly kind: 'ask'; readonly numbers: readonly number[] }
  /** What it rests on could not be read: the comment is left for the next time. */
  | { readonly kind: 'later' };

export interface Run {
  readonly command: Command;
  readonly comment: Comment;
  readonly login: string;
  /** The issue that the comment stands on, or whose pull request it stands on. */
  readonly here: number;
  readonly view: View;
  readonly progress: Progress;
  /** What the commands before this one do, of its comment and of older ones: this one is run on top of that. */
  readonly earlier: readonly Action[];
}

/** A refusal: what the command asks of the issue makes no sense at the moment; `because` is a clause of the app's own. */
export function notNow({ login, command }: Run, number: number, because: string): Ran {
  return { kind: 'refused', answer: answerNotNow(login, command.verb, { number }, because) };
}

export const LATER: Ran = { kind: 'later' };

export function done(actions: readonly Action[], answer: string | null = null): Ran {
  return { kind: 'done', actions, answer };
}
