import type { Id, TimelineData } from '../state/model.js';
import { type Write, row } from './context.js';

/** Appends to an issue's timeline, by the actor and now. */
export function addTimeline(write: Write, issueId: Id, what: TimelineData): void {
  const id = write.newId();
  write.state.timeline[id] = { id, issueId, actorId: write.actorId, createdAt: write.now, what };
  row(write.state.issues, issueId).eventIds.push(id);
}

/** Sets `updated_at` of an issue or pull request to now. */
export function touch(write: Write, issueId: Id): void {
  row(write.state.issues, issueId).updatedAt = write.now;
}
