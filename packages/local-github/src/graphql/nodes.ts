import { notFound } from '../domain/errors.js';
import { type NodeType, parseNodeId } from '../present/node-id.js';
import type { Id, State } from '../state/model.js';
import { type Request, Typed, repositoryOf, requireRead, seesRepository } from './request.js';
import { gitObject } from './types/git.js';
import { refNamed } from './types/refs.js';
import { typedEvent } from './types/timeline.js';

type Permission = Parameters<typeof requireRead>[2];

/** A row with what guards it. */
interface Found {
  readonly item: Typed;
  /** Undefined for what is in no repository. */
  readonly repositoryId?: Id | undefined;
  readonly needs?: Permission;
}

/**
 * What a node id names. NOT_FOUND with GitHub's sentence for what is none, or in a repository that the caller does not
 * see; FORBIDDEN for what an app's permissions do not cover.
 */
export async function nodeById(request: Request, id: string): Promise<Typed> {
  const missing = () => notFound(`Could not resolve to a node with the global id of '${id}'`);
  const parsed = parseNodeId(id);
  const found = parsed && (await find(request, parsed.type, parsed.key));
  if (found === undefined) throw missing();
  if (found.repositoryId === undefined) return found.item;
  if (!seesRepository(request, found.repositoryId)) throw missing();
  if (found.needs) requireRead(request, found.repositoryId, found.needs);
  return found.item;
}

async function find(request: Request, type: NodeType, key: string): Promise<Found | undefined> {
  const { state } = request.view;
  const id = Number(key);
  const issueAbove = (issueId: Id | undefined) => state.issues[issueId ?? -1];
  switch (type) {
    case 'User':
    case 'Bot':
    case 'Organization': {
      const account = state.accounts[id];
      return account && { item: new Typed(account.type, account) };
    }
    case 'App':
      return state.apps[id] && { item: new Typed('App', state.apps[id]) };
    case 'Repository':
      return (
        state.repositories[id] && { item: new Typed('Repository', state.repositories[id]), repositoryId: id }
      );
    case 'Label':
      return inRepository(state.labels[id], 'Label', undefined);
    case 'Issue':
      return inRepository(state.issues[id], 'Issue', 'issues');
    case 'PullRequest':
      return inRepository(state.pulls[id], 'PullRequest', 'pull_requests');
    case 'CheckSuite':
      return inRepository(state.checkSuites[id], 'CheckSuite', 'checks');
    case 'CheckRun':
      return inRepository(state.checkRuns[id], 'CheckRun', 'checks');
    case 'MergeQueue':
      return inRepository(state.mergeQueues[id], 'MergeQueue', 'merge_queues');
    case 'MergeQueueEntry': {
      const entry = state.queueEntries[id];
      const queue = state.mergeQueues[entry?.queueId ?? -1];
      const item = new Typed('MergeQueueEntry', entry);
      return queue && { item, repositoryId: queue.repositoryId, needs: 'merge_queues' };
    }
    case 'StatusContext':
      return inRepository(state.statuses[id], 'StatusContext', 'statuses');
    case 'IssueComment': {
      const comment = state.comments[id];
      return comment && below(issueAbove(comment.issueId), new Typed('IssueComment', comment));
    }
    case 'TimelineEvent': {
      const event = state.timeline[id];
      return event && below(issueAbove(event.issueId), typedEvent(event));
    }
    case 'PullRequestReview': {
      const review = state.reviews[id];
      const pull = state.pulls[review?.pullId ?? -1];
      return review && below(issueAbove(pull?.issueId), new Typed('PullRequestReview', review));
    }
    case 'Reaction': {
      const reaction = state.reactions[id];
      return reaction && below(subject(state, reaction.subjectId), new Typed('Reaction', reaction));
    }
    case 'UserContentEdit': {
      const edit = state.edits[id];
      return edit && below(subject(state, edit.subjectId), new Typed('UserContentEdit', edit));
    }
    case 'RepositoryRuleset':
      return inRepository(state.rulesets[id], 'RepositoryRuleset', undefined);
    case 'RepositoryRule': {
      const [rulesetId = '', index = ''] = key.split(':');
      const ruleset = state.rulesets[Number(rulesetId)];
      const rule = ruleset?.rules[Number(index)];
      const item = new Typed('RepositoryRule', { ruleset, rule });
      return ruleset && rule && { item, repositoryId: ruleset.repositoryId };
    }
    case 'Installation':
      return undefined;
    case 'Ref':
    case 'Commit':
    case 'Blob':
    case 'Tree':
      return gitNode(request, type, key);
  }
}

function inRepository(
  row: { readonly repositoryId: Id } | undefined,
  type: string,
  needs: Permission | undefined,
): Found | undefined {
  return row && { item: new Typed(type, row), repositoryId: row.repositoryId, ...(needs && { needs }) };
}

/** What belongs to an issue or pull request is guarded as that is. */
function below(issue: State['issues'][Id] | undefined, item: Typed): Found | undefined {
  if (issue === undefined) return undefined;
  const needs = issue.pullId === null ? 'issues' : 'pull_requests';
  return { item, repositoryId: issue.repositoryId, needs };
}

/** The issue row of what was edited or reacted to. */
function subject(state: State, id: Id) {
  const pull = state.pulls[state.reviews[id]?.pullId ?? -1];
  return state.issues[id] ?? state.issues[state.comments[id]?.issueId ?? pull?.issueId ?? -1];
}

async function gitNode(
  request: Request,
  type: 'Ref' | 'Commit' | 'Blob' | 'Tree',
  key: string,
): Promise<Found | undefined> {
  const colon = key.indexOf(':');
  const repositoryId = Number(key.slice(0, colon));
  const name = key.slice(colon + 1);
  if (!seesRepository(request, repositoryId)) return undefined;
  const ref = type === 'Ref' ? refNamed(repositoryOf(request, repositoryId), name) : null;
  const item = ref ? new Typed('Ref', ref) : await gitObject(request, { repositoryId, oid: name });
  return item?.__typename === type ? { item, repositoryId, needs: 'contents' } : undefined;
}
