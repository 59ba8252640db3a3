import type { Action, CreateTracker } from '../../core/actions/action.js';
import { findMarker } from '../../core/names/markers.js';
import { type WriteContext, query, send } from './context.js';
import { ensureLabel } from './labels.js';

/** Those with the label, and the newest of all: the label may not be on yet, or not any more. */
const OWN_ISSUES = /* GraphQL */ `
  query OwnIssues($owner: String!, $name: String!, $label: String!) {
    repository(owner: $owner, name: $name) {
      labelled: issues(first: 50, labels: [$label], orderBy: { field: CREATED_AT, direction: DESC }) {
        ...Own
      }
      newest: issues(first: 50, orderBy: { field: CREATED_AT, direction: DESC }) {
        ...Own
      }
    }
  }
  fragment Own on IssueConnection {
    nodes {
      number
      viewerDidAuthor
      body
    }
  }
`;

interface OwnIssues {
  readonly repository: Readonly<Record<'labelled' | 'newest', { readonly nodes: readonly (Own | null)[] }>>;
}

interface Own {
  readonly number: number;
  readonly viewerDidAuthor: boolean;
  readonly body: string;
}

/**
 * Opens the tracking issue of a deployment, unless one by this app is there that is not over. Gives the number of that
 * one, or null if it was made.
 */
export async function createTracker(context: WriteContext, tracker: CreateTracker): Promise<number | null> {
  const { title, body, label } = tracker;
  const { repository } = await query<OwnIssues>(context, OWN_ISSUES, { label: label.name });
  const own = [...repository.labelled.nodes, ...repository.newest.nodes].filter(
    (issue) => issue?.viewerDidAuthor === true,
  );
  const found = own.find((issue) => issue !== null && isSameDeployment(issue.body, body));
  if (found) return found.number;
  await ensureLabel(context, label);
  await send(context, 'POST', '/issues', { title, body, labels: [label.name] });
  return null;
}

/** By the marker of the body, whose digest tells only what was rendered; one that is over belongs to an earlier time. */
function isSameDeployment(present: string, wanted: string): boolean {
  const there = deploymentOf(present);
  return there !== null && there === deploymentOf(wanted);
}

function deploymentOf(body: string): string | null {
  const values = findMarker(body, 'deployment');
  if (values === undefined || values['over'] !== undefined) return null;
  const keys = Object.keys(values).filter((key) => key !== 'digest');
  return JSON.stringify(keys.sort((a, b) => (a < b ? -1 : 1)).map((key) => [key, values[key]]));
}

/** Writes the tracking issue anew: title, body and state in one request. */
export async function updateTracker(
  context: WriteContext,
  { number, title, body, state }: Extract<Action, { readonly kind: 'update tracker' }>,
): Promise<void> {
  await send(context, 'PATCH', '/issues/{issue_number}', { issue_number: number, title, body, state });
}
