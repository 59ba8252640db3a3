import { row } from '../domain/context.js';
import { addMergeQueue } from '../domain/merge-queue/add.js';
import type { App, Id, Protection } from '../state/model.js';
import type { World } from '../world.js';
import { checksOf } from './seed-checks.js';
import { type Seed, SeedError, type SeedProtection, type SeedQueue } from './seed-file.js';
import { plantRulesets } from './seed-rulesets.js';

/** Protection, rulesets, merge methods and merge queue: after the apps are there, because required checks name them. */
export function plantRules(world: World, seed: Seed, repositoryId: Id, apps: readonly App[]): void {
  const protection = Object.entries(seed.protection ?? {}).map(
    ([branch, rules]) => [branch, protectionOf(branch, rules, apps)] as const,
  );
  world.store.seed(({ state }) => {
    const repository = row(state.repositories, repositoryId);
    repository.protection = structuredClone(Object.fromEntries(protection)) as never;
    if (seed.merge_methods) repository.mergeMethods = [...seed.merge_methods];
  });
  plantRulesets(world, seed.rulesets ?? [], repositoryId, apps);
  if (seed.merge_queue)
    plantQueue(world, seed, seed.merge_queue === true ? {} : seed.merge_queue, repositoryId);
}

function plantQueue(world: World, seed: Seed, queue: SeedQueue, repositoryId: Id): void {
  const { branch = row(world.store.state.repositories, repositoryId).defaultBranch } = queue;
  const { method = 'MERGE', grouping, max_entries: maxEntries, timeout } = queue;
  if (method === 'MERGE' && seed.protection?.[branch]?.linear === true) {
    throw new SeedError([
      `merge_queue.method: expected SQUASH or REBASE where ${branch} is linear, got ${method}`,
    ]);
  }
  addMergeQueue(world, {
    repositoryId,
    branch,
    method: METHODS[method],
    ...(grouping && { grouping }),
    ...(maxEntries !== undefined && { maxEntries }),
    ...(timeout !== undefined && { timeout }),
  });
}

const METHODS = { MERGE: 'merge', SQUASH: 'squash', REBASE: 'rebase' } as const;

function protectionOf(branch: string, rules: SeedProtection, apps: readonly App[]): Protection {
  return {
    requiredChecks: checksOf(rules.required_checks, `protection.${branch}`, apps),
    strict: rules.strict ?? false,
    approvals: rules.approvals ?? null,
    dismissStale: rules.dismiss_stale ?? false,
    lastPush: rules.last_push_approval ?? false,
    linear: rules.linear ?? false,
    signatures: rules.signatures ?? false,
    enforceAdmins: false,
  };
}
