import type { PullRequest } from '../../state/model.js';
import { type Context, actor, demand, effect, present, row } from '../context.js';
import { unprocessable } from '../errors.js';
import { writing } from '../issues/access.js';
import { addTimeline, touch } from '../timeline.js';
import { issueOf } from './find.js';

/** Makes a draft ready for review: its author and people from write. Nothing happens to one that is ready. */
export function markReady(context: Context, pull: PullRequest): PullRequest {
  return setDraft(context, pull, false);
}

/** Makes a draft of an open pull request: its author and people from write. 422 where the plan has no drafts. */
export function convertToDraft(context: Context, pull: PullRequest): PullRequest {
  return setDraft(context, pull, true);
}

function setDraft(context: Context, pull: PullRequest, draft: boolean): PullRequest {
  const view = present(context);
  const issue = issueOf(view, pull);
  const repository = row(view.state.repositories, pull.repositoryId);
  demand(context, repository, writing(issue, 'write', issue.authorId === actor(context)));
  if (issue.state === 'closed') throw unprocessable('The pull request is closed');
  if (draft && !repository.drafts) {
    throw unprocessable('Draft pull requests are not supported in this repository.');
  }
  if (pull.draft === draft) return pull;
  effect(context, (write) => {
    row(write.state.pulls, pull.id).draft = draft;
    addTimeline(write, issue.id, { kind: draft ? 'convert_to_draft' : 'ready_for_review' });
    touch(write, issue.id);
    const action = draft ? 'converted_to_draft' : 'ready_for_review';
    write.emit(repository.id, { name: 'pull_request', action, pullId: pull.id });
  });
  return row(present(context).state.pulls, pull.id);
}
