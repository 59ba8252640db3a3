import { type Context, present, row } from '../../domain/context.js';
import { notFound, notServed } from '../../domain/errors.js';
import { dismissReview } from '../../domain/pulls/dismiss.js';
import { removeReviewers, requestReviewers } from '../../domain/pulls/reviewers.js';
import { findReview, submitReview } from '../../domain/pulls/reviews.js';
import { presentAccountById } from '../../present/accounts.js';
import { presentPull } from '../../present/pulls.js';
import { presentReview } from '../../present/reviews.js';
import type { PullRequest, Review } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Route, created, list, ok, route } from '../route.js';
import { serveOnly } from './issue-target.js';
import { READ, WRITE, pullToRead, pullToWrite } from './pull-target.js';

function requireReview(view: View, pull: PullRequest, id: number): Review {
  const review = findReview(view.state.reviews, pull, id);
  if (review === undefined) throw notFound();
  return review;
}

function newest(context: Context, pull: PullRequest) {
  const view = present(context);
  return presentPull(view, row(view.state.pulls, pull.id));
}

export const reviewRoutes: readonly Route[] = [
  route('pulls/list-reviews', READ, async (context, { path }) => {
    const { view, pull } = pullToRead(context, path);
    const reviews = pull.reviewIds.map((id) => row(view.state.reviews, id));
    return list(reviews, (review) => presentReview(view, review));
  }),
  route('pulls/get-review', READ, async (context, { path }) => {
    const { view, pull } = pullToRead(context, path);
    return ok(presentReview(view, requireReview(view, pull, path.review_id)));
  }),
  route('pulls/create-review', WRITE, async (context, { path, body }) => {
    serveOnly('pulls/create-review', body, ['event', 'body', 'commit_id']);
    const { event, commit_id: commitId } = body;
    if (event === undefined) throw notServed('pulls/create-review without an event: a pending review');
    const review = await submitReview(context, pullToWrite(context, path), {
      event,
      body: body.body,
      commitId,
    });
    return ok(presentReview(present(context), review));
  }),
  route('pulls/dismiss-review', WRITE, async (context, { path, body }) => {
    const review = requireReview(present(context), pullToWrite(context, path), path.review_id);
    const dismissed = dismissReview(context, review, body.message);
    return ok(presentReview(present(context), dismissed));
  }),
  route('pulls/list-requested-reviewers', READ, async (context, { path }) => {
    const { view, pull } = pullToRead(context, path);
    return ok({ users: pull.requestedReviewerIds.map((id) => presentAccountById(view, id)), teams: [] });
  }),
  route('pulls/request-reviewers', WRITE, async (context, { path, body }) => {
    serveOnly('pulls/request-reviewers', body, ['reviewers']);
    const pull = requestReviewers(context, pullToWrite(context, path), body.reviewers ?? []);
    return created(newest(context, pull));
  }),
  route('pulls/remove-requested-reviewers', WRITE, async (context, { path, body }) => {
    serveOnly('pulls/remove-requested-reviewers', body, ['reviewers']);
    const pull = removeReviewers(context, pullToWrite(context, path), body.reviewers);
    return ok(newest(context, pull));
  }),
];
