import { reactionsTo } from '../domain/issues/reactions.js';
import type { Json } from '../rest/route.js';
import { type Id, REACTIONS, type Reaction } from '../state/model.js';
import type { View } from '../world.js';
import { presentAccountById } from './accounts.js';
import { nodeId } from './node-id.js';

/** GitHub's `reaction`. */
export function presentReaction(view: View, reaction: Reaction): Json {
  return {
    id: reaction.id,
    node_id: nodeId('Reaction', reaction.id),
    user: presentAccountById(view, reaction.authorId),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

/** GitHub's `reaction-rollup` of a subject; `subjectUrl` is its address in the API. */
export function presentReactionRollup(view: View, subjectId: Id, subjectUrl: string): Json {
  const reactions = reactionsTo(view, subjectId);
  const counts = REACTIONS.map((content) => [
    content,
    reactions.filter((reaction) => reaction.content === content).length,
  ]);
  return {
    url: `${subjectUrl}/reactions`,
    total_count: reactions.length,
    ...Object.fromEntries(counts),
  };
}
