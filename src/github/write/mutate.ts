import { AppError } from '../../app/errors.js';
import { graphqlError } from '../errors.js';
import type { GraphqlAnswer } from '../transport.js';
import type { WriteContext } from './context.js';
import { type Field, aliasOf, mutationDocument } from './mutation.js';

/** Why GitHub did not carry out one field of a document. */
export interface Refusal {
  /** GitHub's class of the error; absent where it gives none. */
  readonly type?: string;
  readonly message: string;
  readonly error: AppError;
}

/** Classes that tell of a moment, not of a rule. */
const PASSING = new Set(['STALE_DATA', 'INTERNAL', 'INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE']);

type Answer = GraphqlAnswer<Readonly<Record<string, unknown>>>;

/**
 * Runs fields as one document and gives for each why it was refused, or null. A refused field hides no other. A document
 * that is refused whole for lack of permission is one whose every field is. Throws an AppError if GitHub does not answer:
 * then nothing is known of what happened.
 */
export async function mutate(
  context: WriteContext,
  name: string,
  fields: readonly Field[],
): Promise<readonly (Refusal | null)[]> {
  const { query, variables } = mutationDocument(name, fields);
  const answer = await ask(context, query, variables);
  const refusals = fields.map((_, index) => refusalOf(answer, aliasOf(index)));
  if (refusals.some((refusal) => refusal?.type === 'NOT_FOUND')) context.forgetRepositoryId();
  return refusals;
}

/** As {@link mutate} for a single field; throws its refusal. */
export async function mutateOne(context: WriteContext, name: string, field: Field): Promise<void> {
  const [refusal] = await mutate(context, name, [field]);
  if (refusal) throw refusal.error;
}

export function isForbidden(refusal: Refusal): boolean {
  return refusal.type === 'FORBIDDEN';
}

async function ask(
  { transport }: WriteContext,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  try {
    return await transport.graphql(query, variables);
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'terminal' || error.options.status !== 403)
      throw error;
    return { data: null, errors: [{ type: 'FORBIDDEN', message: error.message }] };
  }
}

function refusalOf(answer: Answer, alias: string): Refusal | null {
  const done = answer.data?.[alias] !== undefined && answer.data[alias] !== null;
  const own = answer.errors.find(({ path }) => path?.[0] === alias);
  if (own === undefined && done) return null;
  // An error without a path speaks of the whole document.
  const error = own ?? answer.errors.find(({ path }) => !path);
  if (error === undefined) {
    const message = 'GitHub did not say what became of a write';
    return { message, error: new AppError('transient', message) };
  }
  const { message } = error;
  const type = error.type ?? (own === undefined ? undefined : 'UNPROCESSABLE');
  if (type !== undefined && PASSING.has(type)) {
    return { type, message, error: new AppError('transient', message) };
  }
  const whole = { ...answer, data: null, errors: [{ ...error, ...(type !== undefined && { type }) }] };
  return {
    ...(type !== undefined && { type }),
    message,
    error: graphqlError(whole) ?? new AppError('bug', message),
  };
}
