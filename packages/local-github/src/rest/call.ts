import { CutError, type Call, type CallKind } from '../http/call.js';
import { type Incoming, type Outgoing, headerOf, json, readJson } from '../http/message.js';
import type { Context } from '../domain/context.js';
import { GitHubError, notFound, notServed, unprocessable } from '../domain/errors.js';
import { matchOperation } from '../schema/operations.js';
import { checkRequest, checkResponse } from '../schema/rest.js';
import { describeViolation, type Violation } from '../schema/violation.js';
import { errorAnswer, errorBody } from './errors.js';
import { withEtag } from './etag.js';
import { readQuery, typed } from './input.js';
import { paginate } from './pagination.js';
import { acceptedPermissions, checkPermissions } from './permissions.js';
import type { Answer, Json, ListAnswer, Route } from './route.js';

export interface RestParts {
  readonly routes: ReadonlyMap<string, Route>;
  /** Told of every difference from GitHub's description. */
  readonly report: (violations: readonly Violation[]) => void;
}

const TOKEN_REQUEST = 'apps/create-installation-access-token';

/**
 * A REST request as a call: 404 for what GitHub has not, 501 with the operation's name for what is not served here. Both
 * are violations: whoever asks is mistaken about GitHub, or would take a gap for GitHub's answer.
 */
export function restCall(incoming: Incoming, { routes, report }: RestParts): Call {
  const match = matchOperation(incoming.method, incoming.path);
  const operation = match?.operationId ?? '';
  const route = routes.get(operation);

  async function run(context: Context): Promise<Outgoing> {
    try {
      if (match === undefined) {
        report([stray(incoming)]);
        throw notFound();
      }
      if (route === undefined) throw notServed(operation);
      return await answer(context, route, match.params);
    } catch (error) {
      if (error instanceof CutError) throw error;
      if (error instanceof GitHubError) {
        if (error.status === 501) report([gap(operation, error)]);
        else if (route !== undefined) checkAnswer(operation, error.status, errorBody(error));
      }
      const refused = error instanceof GitHubError && error.status === 403;
      return errorAnswer(error, route && refused ? acceptedPermissions(route.access) : {});
    }
  }

  async function answer(context: Context, route: Route, params: Readonly<Record<string, string>>) {
    const query = readQuery(incoming.query);
    const body = parseBody(incoming);
    const wrong = checkRequest(operation, { params, query, body });
    if (wrong.length > 0) {
      report(wrong);
      throw unprocessable("The request is not as GitHub's description says", wrong.map(describeViolation));
    }
    checkPermissions(context.principal, route.access);
    const input = {
      path: typed(operation, 'path_parameters', params),
      query: typed(operation, 'query', query),
      body: body ?? {},
      headers: plainHeaders(incoming),
    };
    const outgoing = await present(await route.handle(context, input as never), addressOf(context, incoming));
    const differences = checkAnswer(operation, outgoing.status, outgoing.body);
    if (differences.length > 0) return answerOfMistake(differences);
    const sent = json(outgoing.status, outgoing.body, outgoing.headers);
    return incoming.method === 'GET' ? withEtag(sent, headerOf(incoming, 'if-none-match')) : sent;
  }

  function checkAnswer(name: string, status: number, body: Json | undefined): readonly Violation[] {
    const differences = checkResponse(name, status, body);
    report(differences);
    return differences;
  }

  const kind = kindOf(incoming.method, operation);
  return { kind, operation, locks: kind === 'write', mutations: [], budget: 'core', run };
}

/** An address that is none of GitHub's. */
function stray({ method, path }: Incoming): Violation {
  return {
    operation: '',
    where: 'path',
    at: '',
    expected: 'an operation of GitHub',
    got: `${method} ${path}`,
  };
}

/** Something of GitHub's that is not served here. */
function gap(operation: string, { message }: GitHubError): Violation {
  return { operation, where: 'path', at: '', expected: 'what is served here', got: message };
}

function kindOf(method: string, operation: string): CallKind {
  if (operation === TOKEN_REQUEST) return 'auth';
  return method === 'GET' ? 'read' : 'write';
}

function parseBody(incoming: Incoming): unknown {
  try {
    return readJson(incoming);
  } catch {
    throw new GitHubError(400, 'UNPROCESSABLE', 'Problems parsing JSON');
  }
}

async function present(answer: Answer | ListAnswer, address: URL): Promise<Answer> {
  if (!('items' in answer)) return answer;
  const { body, link } = await paginate(answer, address);
  return { status: answer.status, body, ...(link !== undefined && { headers: { link } }) };
}

function addressOf(context: Context, incoming: Incoming): URL {
  return new URL(`${context.world.url}${incoming.path}${incoming.query && `?${incoming.query}`}`);
}

function plainHeaders(incoming: Incoming): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.keys(incoming.headers).map((name) => [name, headerOf(incoming, name)]));
}

function answerOfMistake(differences: readonly Violation[]): Outgoing {
  return json(500, {
    message: "The answer of the local GitHub is not as GitHub's description says",
    errors: differences.map(describeViolation),
  });
}
