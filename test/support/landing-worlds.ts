import { type SeedOptions, smallSeed } from './seeds.js';

/**
 * How pull requests land, and on what: every life of a landing is to be lived in each of the four worlds.
 *
 * Where `main` is protected it takes no head without the gate, CI and an approval, from nobody but administrators. The
 * rules come from classic protection under squash, and from rulesets under fast-forward: classic protection would take
 * pull requests only, where a ruleset lets the app past. So it is GitHub that refuses what is not green there, and the
 * app alone that asks for the approval.
 */
export interface World {
  readonly name: string;
  readonly method: 'fast-forward' | 'squash';
  readonly isProtected: boolean;
}

export const WORLDS: readonly World[] = [
  { name: 'fast-forward', method: 'fast-forward', isProtected: false },
  { name: 'squash', method: 'squash', isProtected: false },
  { name: 'fast-forward on a protected base', method: 'fast-forward', isProtected: true },
  { name: 'squash on a protected base', method: 'squash', isProtected: true },
];

export interface WorldOptions extends Pick<SeedOptions, 'issues' | 'files'> {
  /** Settings of `merge`, beside the method. */
  readonly merge?: object;
  /** The checks of CI that have to pass, by the rules where there are some, and else by the configuration. */
  readonly checks?: readonly string[];
  /** Whether a protected base takes only heads that hold all of it. */
  readonly strict?: boolean;
  /** Whether a push to a pull request ends its approvals on a protected base, by rulesets: an app reads it of no others. */
  readonly dismiss?: boolean;
}

/** A seed of `smallSeed` in a world. Where no checks are named a protected base asks for `test`, and another for none. */
export function worldSeed(world: World, options: WorldOptions = {}): string {
  const { merge, checks } = options;
  const names = checks === undefined || world.isProtected ? {} : { checks };
  return smallSeed({
    ...options,
    ...(world.isProtected && rulesOf(world, options)),
    config: { merge: { method: world.method, ...names, ...merge } },
  });
}

/** The rules of a protected base. */
export function rulesOf(
  { method }: Pick<World, 'method'>,
  {
    checks = ['test'],
    strict = false,
    dismiss = false,
  }: Pick<WorldOptions, 'checks' | 'strict' | 'dismiss'> = {},
): Pick<SeedOptions, 'protection' | 'rulesets'> {
  const required = [
    { context: 'merge-order', app: 'yardmaster' },
    ...checks.map((context) => ({ context, app: 'ci' })),
  ];
  if (method === 'squash' && !dismiss)
    return { protection: { required_checks: required, strict, approvals: 1 } };
  const admin = { role: 'admin' };
  return {
    rulesets: [
      { required_checks: required, strict, bypass: [admin] },
      { pull_request: { approvals: 1, dismiss_stale: dismiss }, bypass: [admin, { app: 'yardmaster' }] },
    ],
  };
}
