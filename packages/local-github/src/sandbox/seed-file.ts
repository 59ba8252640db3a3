import { load } from 'js-yaml';

import { MERGE_METHODS, ROLES, type MergeMethod, type Role } from '../state/model.js';
import { createValidator } from '../schema/validator.js';

/** What a new local GitHub holds. Everything but the repository's name may be left out. */
export interface Seed {
  /** `owner/name`. */
  readonly repository: string;
  readonly public?: boolean;
  readonly default_branch?: string;
  readonly users?: readonly SeedUser[];
  readonly files?: Readonly<Record<string, string>>;
  readonly labels?: readonly {
    readonly name: string;
    readonly color?: string;
    readonly description?: string;
  }[];
  readonly issues?: readonly SeedIssue[];
  /** Becomes `.github/subagents.yml`. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly protection?: Readonly<Record<string, SeedProtection>>;
  readonly merge_methods?: readonly MergeMethod[];
  /** `true`: one for the default branch, as GitHub makes it where nothing is changed. */
  readonly merge_queue?: boolean | SeedQueue;
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
  readonly linear?: boolean;
  readonly strict?: boolean;
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

const text = { type: 'string' };
const flag = { type: 'boolean' };
const number = { type: 'integer', minimum: 1 };
const list = (items: object) => ({ type: 'array', items });

const SCHEMA = {
  type: 'object',
  required: ['repository'],
  properties: {
    repository: { type: 'string', pattern: '^[\\w.-]+/[\\w.-]+$' },
    public: flag,
    default_branch: text,
    users: list({
      type: 'object',
      required: ['login', 'role'],
      properties: { login: { type: 'string', pattern: '^[a-zA-Z0-9-]+$' }, role: { enum: ROLES } },
    }),
    files: { type: 'object', additionalProperties: text },
    labels: list({
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 50 },
        color: { type: 'string', pattern: '^[0-9a-fA-F]{6}$' },
        description: { type: 'string', maxLength: 100 },
      },
    }),
    issues: list({
      type: 'object',
      required: ['number', 'title'],
      properties: {
        number,
        title: { type: 'string', minLength: 1, maxLength: 256 },
        body: text,
        author: text,
        labels: list(text),
        blocked_by: list(number),
      },
    }),
    config: { type: 'object', additionalProperties: true },
    protection: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: {
          required_checks: list({
            type: 'object',
            required: ['context'],
            properties: { context: text, app: text },
          }),
          approvals: { type: 'integer', minimum: 0, maximum: 6 },
          dismiss_stale: flag,
          linear: flag,
          strict: flag,
        },
      },
    },
    merge_methods: { type: 'array', minItems: 1, items: { enum: MERGE_METHODS } },
    // The limits are GitHub's: `repository-rule-merge-queue` of its OpenAPI description.
    merge_queue: {
      type: ['boolean', 'object'],
      properties: {
        branch: text,
        method: { enum: ['MERGE', 'SQUASH', 'REBASE'] },
        grouping: { enum: ['ALLGREEN', 'HEADGREEN'] },
        max_entries: { type: 'integer', minimum: 1, maximum: 100 },
        timeout: { type: 'integer', minimum: 1, maximum: 360 },
      },
    },
  },
} as const;

const validator = createValidator('seed', { seed: SCHEMA });

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
  const problems = [...dangling(seed), ...doubled(seed)];
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

/** References to issues and people that the seed does not have. */
function dangling({ issues = [], users }: Seed): readonly string[] {
  const numbers = new Set(issues.map((issue) => issue.number));
  const logins = users && new Set(users.map(({ login }) => login));
  return issues.flatMap(({ author, blocked_by: blockedBy = [] }, index) => [
    ...(author !== undefined && logins?.has(author) === false
      ? [`issues[${index}].author: expected one of the users, got ${author}`]
      : []),
    ...blockedBy
      .filter((blocker) => !numbers.has(blocker))
      .map(
        (blocker) =>
          `issues[${index}].blocked_by: expected the number of an issue of the seed, got ${blocker}`,
      ),
  ]);
}

function doubled({ issues = [], users = [] }: Seed): readonly string[] {
  const repeated = <Key>(keys: readonly Key[]) => keys.filter((key, index) => keys.indexOf(key) !== index);
  return [
    ...repeated(issues.map((issue) => issue.number)).map((it) => `issues: the number ${it} is there twice`),
    ...repeated(users.map(({ login }) => login)).map((it) => `users: the login ${it} is there twice`),
  ];
}
