import type { Context } from '../domain/context.js';
import { executeGraphql } from '../graphql/execute.js';
import { errorAnswer } from '../rest/errors.js';
import type { Json } from '../rest/route.js';
import type { Limits } from '../sandbox/limits.js';
import type { Violation } from '../schema/violation.js';
import type { Id } from '../state/model.js';
import { isApp } from '../access/principal.js';
import { type Call, CutError } from './call.js';
import { documentFacts } from './document.js';
import { type Incoming, type Outgoing, json, readJson } from './message.js';

export interface GraphqlParts {
  readonly limits: Limits;
  readonly appId: Id;
  readonly report: (violations: readonly Violation[]) => void;
}

/** A request to `/graphql` as a call. */
export function graphqlCall(incoming: Incoming, parts: GraphqlParts): Call {
  const body = tryJson(incoming);
  const input: { query?: unknown; variables?: unknown; operationName?: unknown } = Object(body);
  const facts = documentFacts(input.query, input.operationName);

  async function run(context: Context): Promise<Outgoing> {
    if (incoming.method !== 'POST') return json(404, { message: 'Not Found' });
    if (body === undefined) return json(400, { message: 'Problems parsing JSON' });
    const ofApp = isApp(context.principal, parts.appId);
    const { limit, used, reset } = parts.limits.rate('graphql', ofApp);
    const resetAt = new Date(reset * 1000).toISOString().replace('.000Z', 'Z');
    try {
      const result = await executeGraphql(context, input, { limit, used, resetAt });
      parts.report(result.violations);
      if (ofApp) parts.limits.charge(result.cost);
      return json(result.status, result.body as unknown as Json);
    } catch (error) {
      if (error instanceof CutError) throw error;
      return errorAnswer(error);
    }
  }

  return { ...facts, locks: false, budget: 'graphql', run };
}

/** The body, `{}` if there is none, undefined if it is not JSON. */
function tryJson(incoming: Incoming): unknown {
  try {
    return readJson(incoming) ?? {};
  } catch {
    return undefined;
  }
}
