import { timestamp } from '../clock.js';
import { ROLE_IDS } from '../domain/rulesets/match.js';
import { rulesetProblems } from '../domain/rulesets/operations.js';
import { type App, type BranchRule, type Id, MERGE_METHODS, type Ruleset } from '../state/model.js';
import type { World } from '../world.js';
import { appNamed, checksOf } from './seed-checks.js';
import { SeedError, type SeedRuleset } from './seed-file.js';

/**
 * The rulesets of the first repository.
 * @throws SeedError for patterns that are none, and apps that are not there
 */
export function plantRulesets(
  world: World,
  seeds: readonly SeedRuleset[],
  repositoryId: Id,
  apps: readonly App[],
): void {
  const now = timestamp(world.clock.now());
  for (const [index, seed] of seeds.entries()) {
    const place = `rulesets[${index}]`;
    const ruleset: Omit<Ruleset, 'id'> = {
      repositoryId,
      name: seed.name ?? `rules ${index + 1}`,
      active: true,
      include: seed.branches ?? ['~DEFAULT_BRANCH'],
      exclude: seed.except ?? [],
      bypass: bypassOf(seed, place, apps),
      rules: rulesOf(seed, place, apps),
      createdAt: now,
      updatedAt: now,
    };
    const problems = rulesetProblems({ state: world.store.state }, ruleset);
    if (problems.length > 0) throw new SeedError(problems.map((problem) => `${place}: ${problem}`));
    world.store.seed(({ state, newId }) => {
      const id = newId();
      state.rulesets[id] = structuredClone({ id, ...ruleset }) as never;
    });
  }
}

function bypassOf({ bypass = [] }: SeedRuleset, place: string, apps: readonly App[]): Ruleset['bypass'] {
  return bypass.flatMap(({ app, role, mode = 'always' }, index): Ruleset['bypass'] => [
    ...(app === undefined
      ? []
      : ([
          { type: 'Integration', id: appNamed(app, `${place}.bypass[${index}].app`, apps).id, mode },
        ] as const)),
    ...(role === undefined ? [] : ([{ type: 'RepositoryRole', id: ROLE_IDS[role], mode }] as const)),
  ]);
}

function rulesOf(seed: SeedRuleset, place: string, apps: readonly App[]): readonly BranchRule[] {
  const { pull_request: pulls, required_checks: checks, strict = false } = seed;
  const plain: readonly (readonly [boolean | undefined, BranchRule])[] = [
    [seed.linear, { type: 'required_linear_history' }],
    [seed.signatures, { type: 'required_signatures' }],
    [seed.non_fast_forward, { type: 'non_fast_forward' }],
    [seed.deletion, { type: 'deletion' }],
    [seed.update, { type: 'update' }],
  ];
  return [
    ...(pulls === undefined
      ? []
      : [
          {
            type: 'pull_request',
            approvals: pulls.approvals ?? 0,
            dismissStale: pulls.dismiss_stale ?? false,
            lastPush: pulls.last_push_approval ?? false,
            methods: pulls.methods ?? MERGE_METHODS,
          } as const,
        ]),
    ...(checks === undefined
      ? []
      : [
          {
            type: 'required_status_checks',
            checks: checksOf(checks, place, apps),
            strict,
            onCreate: false,
          } as const,
        ]),
    ...plain.flatMap(([asked, rule]) => (asked === true ? [rule] : [])),
  ];
}
