import type { ForcePush, PullDetail, Review } from '../../core/model/index.js';
import { type RawActor, actorOf } from './actor.js';
import { type Connection, mapReadable, timeOf, whole } from './answer.js';
import { type RawCommit, originOf } from './commits.js';

export interface RawReview {
  readonly state: string;
  readonly submittedAt: string | null;
  readonly author: RawActor | null;
  readonly commit: { readonly oid: string } | null;
}

interface RawReplaced extends Pick<RawCommit, 'oid' | 'message' | 'author' | 'signature'> {
  readonly parents: { readonly nodes: readonly ({ readonly oid: string } | null)[] | null };
}

export interface RawForcePush {
  readonly createdAt: string;
  readonly actor: RawActor | null;
  readonly beforeCommit: RawReplaced | null;
  readonly afterCommit: { readonly oid: string } | null;
}

const REVIEWS: Readonly<Record<string, Review['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes requested',
  DISMISSED: 'dismissed',
};

/** Somebody whose account is gone is shown as GitHub shows them. */
const GHOST = 'ghost';

/** The last review of each person with write, as the query asks for them. `fault` is the first error below them. */
export function reviewsOf(
  reviews: Connection<RawReview> | null,
  fault: string | null,
  me: number,
): PullDetail['reviews'] {
  return mapReadable(whole(reviews, fault), (nodes) =>
    nodes.flatMap((review): Review[] => {
      const state = REVIEWS[review.state];
      if (state === undefined || review.submittedAt === null) return [];
      const author = actorOf(review.author, me)?.login ?? GHOST;
      return [{ author, state, commit: review.commit?.oid ?? null, at: timeOf(review.submittedAt) }];
    }),
  );
}

/** A push whose commits GitHub no longer has tells nothing: approvals are then not carried over it. */
export function forcePushOf(raw: RawForcePush | null, me: number): readonly ForcePush[] {
  if (!raw?.beforeCommit || !raw.afterCommit) return [];
  const { oid: before, message, parents } = raw.beforeCommit;
  const parent = parents.nodes?.[0]?.oid ?? null;
  return [
    {
      actor: actorOf(raw.actor, me),
      before,
      after: raw.afterCommit.oid,
      at: timeOf(raw.createdAt),
      replaced: { message, ...originOf(raw.beforeCommit, me), parent },
    },
  ];
}
