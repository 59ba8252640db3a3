import { load } from 'js-yaml';

import type { MergeMethod, Role } from '../state/model.js';
import { createValidator } from '../schema/validator.js';
import { SEED_SCHEMA } from './seed-schema.js';

/** What a new repository holds. */
export interface SeedRepository {
  /** `owner/name`. */
  readonly repository: string;
  readonly public?: boolean;
  readonly default_branch?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly labels?: readonly {
    readonly name: string;
    readonly color?: string;
    readonly description?: string;
  }[];
  readonly issues?: readonly SeedIssue[];
}

/** What a new local GitHub holds. Everything but the repository's name may be left out. */
export interface Seed extends SeedRepository {
  /** The people, with their roles. */
  readonly users?: readonly SeedUser[];
  /** Further repositories. The apps are installed on those of the first one's owner, and on no others. */
  readonly others?: readonly SeedOther[];
  /** Slugs of further apps that write issues and pull requests. */
  readonly bots?: readonly string[];
  /** Becomes `.github/subagents.yml`. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly protection?: Readonly<Record<string, SeedProtection>>;
  readonly rulesets?: readonly SeedRuleset[];
  readonly merge_methods?: readonly MergeMethod[];
  /** `true`: one for the default branch, as GitHub makes it where nothing is changed. */
  readonly merge_queue?: boolean | SeedQueue;
}

export interface SeedOther extends SeedRepository {
  /** By login, where they are other than in the first repository. */
  readonly roles?: Readonly<Record<string, Role>>;
}

export interface SeedUser {
  readonly login: string;
  readonly role: Role;
}

export interface SeedIssue {
  readonly number: number;
  readonly title: string;
  readonly body?: string;
  readonly author?: string;
  readonly labels?: readonly string[];
  readonly blocked_by?: readonly number[];
}

export interface SeedProtection {
  /** `app` is the slug of the only app whose check counts. */
  readonly required_checks?: readonly { readonly context: string; readonly app?: string }[];
  readonly approvals?: number;
  readonly dismiss_stale?: boolean;
  readonly last_push_approval?: boolean;
  readonly linear?: boolean;
  readonly signatures?: boolean;
  readonly strict?: boolean;
}

/** An active ruleset: GitHub's rules by its own words, where classic protection has no other one for the same thing. */
export interface SeedRuleset extends Pick<
  SeedProtection,
  'required_checks' | 'strict' | 'linear' | 'signatures'
> {
  readonly name?: string;
  /** Patterns as `refs/heads/release/*`, or `~ALL`; `~DEFAULT_BRANCH` alone if left out. */
  readonly branches?: readonly string[];
  readonly except?: readonly string[];
  /** Everything comes through pull requests. */
  readonly pull_request?: Pick<SeedProtection, 'approvals' | 'dismiss_stale' | 'last_push_approval'> & {
    /** All if left out. */
    readonly methods?: readonly MergeMethod[];
  };
  readonly non_fast_forward?: boolean;
  readonly deletion?: boolean;
  readonly update?: boolean;
  /** Whom it does not bind: an app by its slug, or everybody from a role on. */
  readonly bypass?: readonly {
    readonly app?: string;
    readonly role?: Exclude<Role, 'none'>;
    readonly mode?: 'always' | 'pull_request';
  }[];
}

export interface SeedQueue {
  /** The default branch if left out. */
  readonly branch?: string;
  readonly method?: 'MERGE' | 'SQUASH' | 'REBASE';
  readonly grouping?: 'ALLGREEN' | 'HEADGREEN';
  readonly max_entries?: number;
  /** Minutes. */
  readonly timeout?: number;
}

/** Thrown for a seed that cannot be used: one sentence for each thing that is wrong, with its place. */
export class SeedError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The seed cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

const validator = createValidator('seed', { seed: SEED_SCHEMA });

/**
 * Reads a seed in YAML.
 * @throws SeedError for YAML that cannot be read, unknown keys, wrong values, and names that refer to nothing
 */
export function readSeed(yaml: string): Seed {
  const value = parse(yaml);
  const findings = validator.check('/seed', value);
  if (findings.length > 0) {
    throw new SeedError(
      findings.map(({ at, expected, got }) => `${at || 'the file'}: expected ${expected}, got ${got}`),
    );
  }
  const seed = value as Seed;
  const { users, others = [] } = seed;
  const names = [seed, ...others].map(({ repository }) => repository.toLowerCase());
  const problems = [
    ...inRepository(seed, users, ''),
    ...others.flatMap((other, index) => [
      ...inRepository(other, users, `others[${index}].`),
      ...strangers(other, users).map(
        (login) => `others[${index}].roles: expected logins of the users, got ${login}`,
      ),
    ]),
    ...repeated(users?.map(({ login }) => login) ?? []).map((it) => `users: the login ${it} is there twice`),
    ...repeated(['ci', ...(seed.bots ?? [])]).map((it) => `bots: the slug ${it} is there twice`),
    ...repeated(names).map((it) => `others: the repository ${it} is there twice`),
  ];
  if (problems.length > 0) throw new SeedError(problems);
  return seed;
}

function parse(yaml: string): unknown {
  try {
    return load(yaml);
  } catch (error) {
    throw new SeedError([error instanceof Error ? error.message : String(error)]);
  }
}

/** Numbers that are there twice, and references to issues and people that the seed does not have. */
function inRepository(
  { issues = [] }: SeedRepository,
  users: Seed['users'],
  place: '' | `others[${number}].`,
): readonly string[] {
  const numbers = issues.map((issue) => issue.number);
  const logins = users && new Set(users.map(({ login }) => login));
  const dangling = issues.flatMap(({ author, blocked_by: blockedBy = [] }, index) => [
    ...(author !== undefined && logins?.has(author) === false
      ? [`${place}issues[${index}].author: expected one of the users, got ${author}`]
      : []),
    ...blockedBy
      .filter((blocker) => !numbers.includes(blocker))
      .map(
        (blocker) =>
          `${place}issues[${index}].blocked_by: expected the number of an issue of the seed, got ${blocker}`,
      ),
  ]);
  return [...dangling, ...repeated(numbers).map((it) => `${place}issues: the number ${it} is there twice`)];
}

function strangers({ roles = {} }: SeedOther, users: Seed['users']): readonly string[] {
  return Object.keys(roles).filter((login) => users?.some((user) => user.login === login) === false);
}

function repeated<Key>(keys: readonly Key[]): readonly Key[] {
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}
