import type { Lane, Lanes } from './lanes.js';
import type { Transport } from './transport.js';

/** What tells people, by the end of its path; a new pull request may also come from a mutation. */
const NOTICES = /\/(issues|pulls|comments|merge|blocked_by)$/;
const NOTIFYING_MUTATION = /\bcreatePullRequest\b/;

/** The transport, with each request in its lane. */
export function createPacedTransport(transport: Transport, lanes: Lanes): Transport {
  return {
    graphql: (document, variables) =>
      lanes.run(laneOfDocument(document), () => transport.graphql(document, variables)),
    rest: (method, route, parameters, headers) =>
      lanes.run(laneOfRequest(method, route), () => transport.rest(method, route, parameters, headers)),
  };
}

function laneOfDocument(document: string): Lane {
  if (!document.trimStart().startsWith('mutation')) return 'read';
  return NOTIFYING_MUTATION.test(document) ? 'notify' : 'write';
}

function laneOfRequest(method: string, route: string): Lane {
  if (method === 'GET') return 'read';
  return method !== 'PATCH' && NOTICES.test(route) ? 'notify' : 'write';
}
