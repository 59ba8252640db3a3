import type { Context } from '../domain/context.js';
import type { Outgoing } from './message.js';

/** What a request may change: a token request changes who may ask, nothing else. */
export type CallKind = 'read' | 'write' | 'auth';

/** A request understood: REST, GraphQL and git each make one, and the rest of the way is the same for all three. */
export interface Call {
  readonly kind: CallKind;
  /** The OpenAPI operation, the GraphQL operation's name, or git's service; empty if it has none. */
  readonly operation: string;
  /** Whether it runs under the write lock as a whole. The fields of a GraphQL mutation take it one by one. */
  readonly locks: boolean;
  /** The fields of a GraphQL mutation, in order. */
  readonly mutations: readonly string[];
  /** Which rate limit it counts against; git has none of its own. */
  readonly budget: 'core' | 'graphql' | 'none';
  /** Answers refusals in its own form; throws only what is a mistake of this program, or a cut. */
  readonly run: (context: Context) => Promise<Outgoing>;
}

/** Thrown after an effect to end a request there, without an answer. */
export class CutError extends Error {
  constructor(readonly effect: number) {
    super(`cut after effect ${effect}`);
  }
}
