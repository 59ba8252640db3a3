import { MERGE_METHODS, ROLES } from '../state/model.js';

const text = { type: 'string' };
const flag = { type: 'boolean' };
const number = { type: 'integer', minimum: 1 };
const list = (items: object) => ({ type: 'array', items });

const checks = list({
  type: 'object',
  required: ['context'],
  properties: { context: text, app: text },
});
// The limits are GitHub's: six approvals in classic protection, ten in `repository-rule-pull-request`.
const approvals = (maximum: number) => ({ type: 'integer', minimum: 0, maximum });
const methods = { type: 'array', minItems: 1, items: { enum: MERGE_METHODS } };

const REPOSITORY = {
  repository: { type: 'string', pattern: '^[\\w.-]+/[\\w.-]+$' },
  public: flag,
  default_branch: text,
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
} as const;

/** The JSON Schema of a seed, as far as one can say it. */
export const SEED_SCHEMA = {
  type: 'object',
  required: ['repository'],
  properties: {
    ...REPOSITORY,
    users: list({
      type: 'object',
      required: ['login', 'role'],
      properties: { login: { type: 'string', pattern: '^[a-zA-Z0-9-]+$' }, role: { enum: ROLES } },
    }),
    others: list({
      type: 'object',
      required: ['repository'],
      properties: {
        ...REPOSITORY,
        roles: { type: 'object', additionalProperties: { enum: ROLES } },
      },
    }),
    bots: list({ type: 'string', pattern: '^[a-z0-9-]+$' }),
    config: { type: 'object', additionalProperties: true },
    protection: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: {
          required_checks: checks,
          approvals: approvals(6),
          dismiss_stale: flag,
          last_push_approval: flag,
          linear: flag,
          signatures: flag,
          strict: flag,
        },
      },
    },
    rulesets: list({
      type: 'object',
      properties: {
        name: text,
        branches: list(text),
        except: list(text),
        pull_request: {
          type: 'object',
          properties: { approvals: approvals(10), dismiss_stale: flag, last_push_approval: flag, methods },
        },
        required_checks: checks,
        strict: flag,
        linear: flag,
        signatures: flag,
        non_fast_forward: flag,
        deletion: flag,
        update: flag,
        bypass: list({
          type: 'object',
          properties: {
            app: text,
            role: { enum: ROLES.filter((role) => role !== 'none') },
            mode: { enum: ['always', 'pull_request'] },
          },
        }),
      },
    }),
    merge_methods: methods,
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
