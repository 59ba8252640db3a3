import { AppError } from '../../app/errors.js';
import type { Assignment } from '../../core/actions/action.js';
import { graphqlError } from '../errors.js';
import type { GraphqlAnswer } from '../transport.js';
import { type WriteContext, send } from './context.js';
import { isForbidden } from './mutate.js';
import type { Ledger, Part } from './part.js';

/** A person to assign, and the action that asks for it. */
export interface Asked extends Assignment {
  readonly index: number;
}

type People = GraphqlAnswer<Readonly<Record<string, { readonly id: string } | null>>>;

/**
 * The assignments as parts. People are looked up in one query, since GraphQL assigns by node id; a login that is nobody's
 * (a bot's, or one that was deleted) is noted and left out.
 */
export async function assignParts(
  context: WriteContext,
  asked: readonly Asked[],
  ledger: Ledger,
): Promise<readonly Part[]> {
  const logins = [...new Set(asked.map(({ login }) => login))];
  if (logins.length === 0) return [];
  const unknown = logins.filter((login) => !context.known.people.has(login.toLowerCase()));
  const answer = unknown.length === 0 ? NOBODY_ASKED : await lookUp(context, unknown);
  return asked.flatMap((assignment) => {
    const { index, login, number } = assignment;
    const alias = aliasOf(unknown.indexOf(login));
    const id = context.known.people.get(login.toLowerCase()) ?? answer.data?.[alias]?.id;
    if (id !== undefined) return [assignPart(context, assignment, id)];
    const error = answer.errors.find(({ path }) => path?.[0] === alias);
    const what = `assignee of #${number}`;
    if (error?.type === 'NOT_FOUND') ledger.note(index, `${what}: ${error.message}`);
    else ledger.fail(index, what, new AppError('transient', error?.message ?? `cannot look up ${login}`));
    return [];
  });
}

const NOBODY_ASKED: People = { data: null, errors: [] };

async function lookUp({ transport }: WriteContext, logins: readonly string[]): Promise<People> {
  const variables = logins.map((_, index) => `$l${index}: String!`);
  const users = logins.map((_, index) => `  ${aliasOf(index)}: user(login: $l${index}) {\n    id\n  }\n`);
  const document = `query Assignees(${variables.join(', ')}) {\n${users.join('')}}\n`;
  const values = Object.fromEntries(logins.map((login, index) => [`l${index}`, login]));
  const answer: People = await transport.graphql(document, values);
  // Where nobody is found, there is no data: that is an answer.
  const nobody = answer.errors.length > 0 && answer.errors.every(({ type }) => type === 'NOT_FOUND');
  const whole = nobody ? null : graphqlError(answer);
  if (whole !== null) throw whole;
  return answer;
}

function assignPart(context: WriteContext, { index, id, number, login }: Asked, userId: string): Part {
  return {
    index,
    what: `assignee of #${number}`,
    field: { mutation: 'addAssigneesToAssignable', input: { assignableId: id, assigneeIds: [userId] } },
    async refused(refusal) {
      if (!isForbidden(refusal)) throw refusal.error;
      await send(context, 'POST', '/issues/{issue_number}/assignees', {
        issue_number: number,
        assignees: [login],
      });
      return null;
    },
  };
}

function aliasOf(index: number): string {
  return `u${index}`;
}
