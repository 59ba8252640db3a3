import { ASKED_FOR, renderSync } from '../communication/sync-words.js';
import { LATER, type Ran, type Run, done } from './run.js';
import { SYNC, lastSync } from './syncs.js';

/** Posts the sync summary now. It needs to know when the last one was. */
export function sync({ view, progress, comment }: Run): Ran {
  const since = lastSync(view);
  if (view.tracker === null || since.kind === 'unreadable') return LATER;
  const body = renderSync(view, progress, since.value, ASKED_FOR);
  return done([
    { kind: 'comment', number: view.tracker.number, body, cause: `${SYNC}comment-${comment.id}` },
  ]);
}
