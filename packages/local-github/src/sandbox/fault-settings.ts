import { createValidator } from '../schema/validator.js';
import type { CallKind } from '../http/call.js';
import { milliseconds } from './duration.js';

/** What can go wrong on purpose. Only the traffic of the app under test is touched. */
export interface FaultSettings {
  /** Of the random draws; 1 if absent. */
  readonly seed?: number;
  readonly webhooks?: {
    /** Probability from 0 to 1 of each webhook made from now on. */
    readonly drop?: number;
    readonly duplicate?: number;
    /** ISO 8601 duration on the sandbox's clock. */
    readonly delay?: string;
    readonly reorder?: boolean;
    /** Only these events; all if absent. */
    readonly events?: readonly string[];
  };
  readonly reads?: {
    /** Reads answer from the state so many effects ago. */
    readonly lag?: number;
    /** Nobody has worked out yet whether a pull request merges. */
    readonly mergeability?: 'unknown';
  };
  readonly requests?: readonly RequestFault[];
  /** After this effect every connection of the app is closed. */
  readonly cut?: { readonly after: number };
  readonly limits?: LimitSettings;
}

export interface RequestFault {
  /** All that are given must fit. `path` may hold `*` for one segment. */
  readonly match: {
    readonly operation?: string;
    readonly method?: string;
    readonly path?: string;
    readonly mutation?: string;
    readonly kind?: CallKind;
    readonly effect?: number;
  };
  readonly when: 'before' | 'after';
  readonly answer:
    | 'timeout'
    | 'hangup'
    | {
        readonly status: number;
        readonly headers?: Readonly<Record<string, string>>;
        readonly body?: unknown;
      };
  /** How many matching requests pass first (0 if absent), and how many are then hit (1 if absent). */
  readonly skip?: number;
  readonly times?: number;
}

export interface LimitSettings {
  /** Requests (REST) and points (GraphQL) an hour. */
  readonly primary?: number;
  /** GitHub's limits of points a minute. */
  readonly secondary?: boolean;
  /** Writes a minute. */
  readonly content?: number;
}

const probability = { type: 'number', minimum: 0, maximum: 1 };
const count = { type: 'integer', minimum: 0 };
const text = { type: 'string' };

const SCHEMA = {
  type: 'object',
  properties: {
    seed: { type: 'integer' },
    webhooks: {
      type: 'object',
      properties: {
        drop: probability,
        duplicate: probability,
        delay: { type: 'string', format: 'duration' },
        reorder: { type: 'boolean' },
        events: { type: 'array', items: text },
      },
    },
    reads: { type: 'object', properties: { lag: count, mergeability: { enum: ['unknown'] } } },
    requests: {
      type: 'array',
      items: {
        type: 'object',
        required: ['match', 'when', 'answer'],
        properties: {
          match: {
            type: 'object',
            properties: {
              operation: text,
              method: text,
              path: text,
              mutation: text,
              kind: { enum: ['read', 'write', 'auth'] },
              effect: count,
            },
          },
          when: { enum: ['before', 'after'] },
          answer: {
            anyOf: [
              { enum: ['timeout', 'hangup'] },
              {
                type: 'object',
                required: ['status'],
                properties: {
                  status: { type: 'integer', minimum: 200, maximum: 599 },
                  headers: { type: 'object', additionalProperties: text },
                  body: {},
                },
              },
            ],
          },
          skip: count,
          times: count,
        },
      },
    },
    cut: { type: 'object', required: ['after'], properties: { after: count } },
    limits: {
      type: 'object',
      properties: { primary: count, secondary: { type: 'boolean' }, content: count },
    },
  },
} as const;

const validator = createValidator('faults', { faults: SCHEMA });

/** The settings, or what is wrong with them, one sentence each: unknown keys, types, ranges. */
export function readFaults(value: unknown): FaultSettings | { readonly problems: readonly string[] } {
  const findings = validator.check('/faults', value);
  if (findings.length > 0) {
    return {
      problems: findings.map(
        ({ at, expected, got }) => `${at || 'the settings'}: expected ${expected}, got ${got}`,
      ),
    };
  }
  const settings = value as FaultSettings;
  try {
    milliseconds(settings.webhooks?.delay ?? 'PT0S');
  } catch (error) {
    return { problems: [`webhooks.delay: ${String(error)}`] };
  }
  return settings;
}
