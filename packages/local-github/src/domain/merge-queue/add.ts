import type { MergeQueue, QueueSettings } from '../../state/model.js';
import type { Transaction } from '../../state/store.js';
import type { World } from '../../world.js';

/** GitHub's defaults for a new queue, as its settings page has them. */
const DEFAULTS: QueueSettings = {
  method: 'merge',
  grouping: 'ALLGREEN',
  maxEntries: 5,
  timeout: 60,
  minMerge: 1,
  minMergeWait: 5,
  maxMerge: 5,
};

const BOT = 'github-merge-queue[bot]';

/** Gives a branch a merge queue before the world is in use: no effect, no event. */
export function addMergeQueue(
  world: World,
  { repositoryId, branch, ...settings }: Pick<MergeQueue, 'repositoryId' | 'branch'> & Partial<QueueSettings>,
): void {
  world.store.seed((write) =>
    putQueue(write, { repositoryId, branch, ofRuleset: false, ...DEFAULTS, ...settings }),
  );
}

/** Makes a queue, and the account by which GitHub merges where that is not there yet. */
export function putQueue(
  { state, newId }: Transaction,
  queue: Omit<MergeQueue, 'id' | 'botId' | 'entryIds'>,
): void {
  const known = Object.values(state.accounts).find(({ login }) => login === BOT);
  const botId = known?.id ?? newId();
  if (known === undefined) state.accounts[botId] = { id: botId, login: BOT, type: 'Bot', name: BOT };
  const id = newId();
  state.mergeQueues[id] = { ...queue, id, botId, entryIds: [] };
}
