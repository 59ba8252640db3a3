import { dequeuePull, enqueuePull } from '../../domain/merge-queue/enqueue.js';
import type { Mutation } from '../mutation.js';
import { given, pullNamed } from './target.js';

const QUEUE = [{ contents: 'write', pull_requests: 'write' }] as const;

export const queueMutations: Readonly<Record<string, Mutation>> = {
  enqueuePullRequest: {
    access: QUEUE,
    async run(
      context,
      input: { pullRequestId: string; expectedHeadOid?: string | null; jump?: boolean | null },
    ) {
      const pull = pullNamed(context, input.pullRequestId);
      const expectedHead = given(input.expectedHeadOid);
      return {
        mergeQueueEntry: await enqueuePull(context, pull, { expectedHead, jump: input.jump ?? false }),
      };
    },
  },
  dequeuePullRequest: {
    access: QUEUE,
    async run(context, { id }: { id: string }) {
      return { mergeQueueEntry: await dequeuePull(context, pullNamed(context, id)) };
    },
  },
};
