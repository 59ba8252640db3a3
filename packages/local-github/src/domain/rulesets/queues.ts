import type { Id, MergeQueue, QueueSettings, Repository, State } from '../../state/model.js';
import { row } from '../context.js';
import type { Transaction } from '../../state/store.js';
import { notServed } from '../errors.js';
import { putQueue } from '../merge-queue/add.js';
import { branchOf } from '../refs/names.js';
import { rulesetsOn } from './match.js';

/**
 * Makes the merge queues of a repository those that its rulesets ask for; one that the branch has without them stays as it
 * is. To be called in every effect that changes a ruleset or the default branch. 501 where a queue with entries would end:
 * nobody has seen what GitHub does with them.
 */
export function followRulesets(write: Transaction, repositoryId: Id): void {
  const { state } = write;
  const wanted = queuesWanted(state, row(state.repositories, repositoryId));
  const queues = Object.values(state.mergeQueues).filter((queue) => queue.repositoryId === repositoryId);
  for (const queue of queues.filter(({ ofRuleset }) => ofRuleset)) {
    const settings = wanted.get(queue.branch);
    if (settings !== undefined) state.mergeQueues[queue.id] = { ...queue, ...settings };
    else end(write, queue);
  }
  const there = new Set(queues.map(({ branch }) => branch));
  for (const [branch, settings] of wanted) {
    if (!there.has(branch)) putQueue(write, { repositoryId, branch, ofRuleset: true, ...settings });
  }
}

function end({ state }: Transaction, { id, entryIds }: MergeQueue): void {
  if (entryIds.length > 0) throw notServed('the end of a merge queue that is in use');
  delete state.mergeQueues[id];
}

/** The queues that active rulesets ask for, by branch; of several rulesets the oldest says how it is. */
function queuesWanted(
  state: Pick<State, 'rulesets'>,
  repository: Pick<Repository, 'id' | 'defaultBranch'>,
): ReadonlyMap<string, QueueSettings> {
  const named = Object.values(state.rulesets)
    .filter(({ repositoryId }) => repositoryId === repository.id)
    .flatMap(({ include }) => include)
    .flatMap((name) => (name === '~DEFAULT_BRANCH' ? repository.defaultBranch : (branchOf(name) ?? [])));
  const wanted = new Map<string, QueueSettings>();
  for (const branch of named) {
    const rules = rulesetsOn(state, repository, branch).flatMap((ruleset) => ruleset.rules);
    const rule = rules.find(({ type }) => type === 'merge_queue');
    if (rule?.type !== 'merge_queue') continue;
    const { type: _, ...settings } = rule;
    wanted.set(branch, settings);
  }
  return wanted;
}
