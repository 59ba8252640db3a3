import { sees } from '../../access/access.js';
import { type Context, present, row } from '../../domain/context.js';
import { type GitHubError, notFound, notServed } from '../../domain/errors.js';
import { type NodeType, parseNodeId } from '../../present/node-id.js';
import type {
  CheckRun,
  Comment,
  Id,
  Issue,
  Label,
  PullRequest,
  Repository,
  State,
} from '../../state/model.js';
import type { RefRow } from '../types/refs.js';

function missing(id: string): GitHubError {
  return notFound(`Could not resolve to a node with the global id of '${id}'`);
}

/** The row of the newest state that an input names; NOT_FOUND if it is another type or the caller does not see it. */
function find<Row>(
  context: Context,
  id: string,
  type: NodeType,
  rowOf: (state: State, key: Id) => Row | undefined,
  repositoryIdOf: (row: Row, state: State) => Id,
): Row {
  const { state } = present(context);
  const parsed = parseNodeId(id);
  const found = parsed?.type === type ? rowOf(state, Number(parsed.key)) : undefined;
  if (found === undefined) throw missing(id);
  if (!sees(context.principal, row(state.repositories, repositoryIdOf(found, state)))) throw missing(id);
  return found;
}

export function repositoryNamed(context: Context, id: string): Repository {
  return find(
    context,
    id,
    'Repository',
    (state, key) => state.repositories[key],
    (found) => found.id,
  );
}

export function issueNamed(context: Context, id: string): Issue {
  return find(
    context,
    id,
    'Issue',
    (state, key) => state.issues[key],
    (found) => found.repositoryId,
  );
}

export function pullNamed(context: Context, id: string): PullRequest {
  return find(
    context,
    id,
    'PullRequest',
    (state, key) => state.pulls[key],
    (found) => found.repositoryId,
  );
}

export function checkRunNamed(context: Context, id: string): CheckRun {
  return find(
    context,
    id,
    'CheckRun',
    (state, key) => state.checkRuns[key],
    (found) => found.repositoryId,
  );
}

export function labelNamedBy(context: Context, id: string): Label {
  return find(
    context,
    id,
    'Label',
    (state, key) => state.labels[key],
    (found) => found.repositoryId,
  );
}

export function commentNamed(context: Context, id: string): Comment {
  return find(
    context,
    id,
    'IssueComment',
    (state, key) => state.comments[key],
    (found, state) => row(state.issues, found.issueId).repositoryId,
  );
}

/** The issue row of an issue or a pull request. */
export function threadNamed(context: Context, id: string): Issue {
  if (parseNodeId(id)?.type !== 'PullRequest') return issueNamed(context, id);
  return row(present(context).state.issues, pullNamed(context, id).issueId);
}

export function refNamedBy(context: Context, id: string): RefRow {
  const parsed = parseNodeId(id);
  const colon = parsed?.key.indexOf(':') ?? -1;
  if (parsed?.type !== 'Ref' || colon < 0) throw missing(id);
  const repository = present(context).state.repositories[Number(parsed.key.slice(0, colon))];
  const name = parsed.key.slice(colon + 1);
  const oid = repository?.refs[name];
  if (repository === undefined || oid === undefined || !sees(context.principal, repository))
    throw missing(id);
  return { repositoryId: repository.id, name, oid };
}

/** The logins of people by node id. */
export function loginsOf(context: Context, ids: readonly string[]): string[] {
  const { accounts } = present(context).state;
  return ids.map((id) => {
    const parsed = parseNodeId(id);
    const account =
      parsed?.type === 'User' || parsed?.type === 'Bot' ? accounts[Number(parsed.key)] : undefined;
    if (account === undefined) throw missing(id);
    return account.login;
  });
}

/** The names of labels by node id. */
export function labelNamesOf(context: Context, ids: readonly string[]): string[] {
  return ids.map((id) => labelNamedBy(context, id).name);
}

/** Throws NOT_SERVED for an input key that is set and that nothing here would look at. */
export function refuseKeys(input: object, keys: readonly string[]): void {
  for (const [key, value] of Object.entries(input)) {
    const given = value !== null && value !== undefined;
    if (given && keys.includes(key)) throw notServed(`the input ${key} of this mutation`);
  }
}

/** What an input leaves out or sets to null, as the domain's operations want it: undefined. */
export function given<Value>(value: Value | null | undefined): Value | undefined {
  return value ?? undefined;
}
