import { presentSimpleCommit } from '../../present/commits.js';
import { branchRef } from '../../domain/refs/names.js';
import type { View } from '../../world.js';
import type { EventOf, Payload } from './event.js';

/** `merge_group`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#merge_group */
export async function groupPayload(event: EventOf<'merge_group'>, view: View): Promise<Payload> {
  const { ref, headSha, baseSha } = event.group;
  const commit = await view.git(event.repositoryId).readCommit(headSha);
  if (commit === undefined) throw new Error(`the commit ${headSha} of a merge group is gone`);
  return {
    merge_group: {
      head_sha: headSha,
      head_ref: ref,
      base_sha: baseSha,
      base_ref: branchRef(event.branch),
      head_commit: presentSimpleCommit(commit),
    },
    ...(event.reason && { reason: event.reason }),
  };
}
