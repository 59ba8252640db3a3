import type { MergeQueue, QueueSettings } from '../../state/model.js';
import type { World } from '../../world.js';
import { addAccount } from '../bootstrap.js';

/** GitHub's defaults for a new queue, as its settings page has them. */
const DEFAULTS: QueueSettings = { method: 'merge', grouping: 'ALLGREEN', maxEntries: 5, timeout: 60 };

const BOT = 'github-merge-queue[bot]';

/** Gives a branch a merge queue before the world is in use: no effect, no event. */
export function addMergeQueue(
  world: World,
  { repositoryId, branch, ...settings }: Pick<MergeQueue, 'repositoryId' | 'branch'> & Partial<QueueSettings>,
): void {
  const known = Object.values(world.store.state.accounts).find(({ login }) => login === BOT);
  const botId = (known ?? addAccount(world, { login: BOT, type: 'Bot' })).id;
  world.store.seed(({ state, newId }) => {
    const id = newId();
    state.mergeQueues[id] = { id, repositoryId, branch, ...DEFAULTS, ...settings, botId, entryIds: [] };
  });
}
