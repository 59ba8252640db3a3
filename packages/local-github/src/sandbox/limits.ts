import type { Call } from '../http/call.js';
import { type Outgoing, json } from '../http/message.js';
import type { LimitSettings } from './fault-settings.js';

export type Budget = Exclude<Call['budget'], 'none'>;

/** What is left of one budget. `reset` is in seconds since the epoch, as in GitHub's headers. */
export interface Rate {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly reset: number;
}

export interface Limits {
  /** Counts a request of the app under test; the refusal, if it is one too many. */
  take(call: Call): Outgoing | undefined;
  /** Counts the points of a GraphQL document that was executed. */
  charge(points: number): void;
  /** Takes back a REST request that was answered with 304: it is free. */
  giveBack(): void;
  /** What is left; of everybody but the app under test, who has no limits, all of it. */
  rate(budget: Budget, ofApp: boolean): Rate;
  headers(budget: Budget, ofApp: boolean): Readonly<Record<string, string>>;
}

const HOUR = 60 * 60 * 1000;
const MINUTE = 60 * 1000;
/** What GitHub gives an installation an hour. */
const USUAL = 5000;
/** Points a minute before GitHub's secondary limit. */
const SECONDARY = { core: 900, graphql: 2000 } as const;

const DOCUMENTATION = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api';

/** Counts what happens in a window that begins with the first of it. */
function counter(now: () => number, length: number) {
  let begun = now();
  let sum = 0;
  function turn(): void {
    if (now() < begun + length) return;
    begun = now();
    sum = 0;
  }
  return {
    add(amount: number): number {
      turn();
      sum += amount;
      return sum;
    },
    get sum() {
      turn();
      return sum;
    },
    get ends() {
      turn();
      return begun + length;
    },
  };
}

/**
 * GitHub's rate limits on the sandbox's clock. They are off unless set: then nothing is counted, and the headers say that
 * nothing was used. Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 *
 * Each field of a GraphQL mutation counts as one write here; whether GitHub counts the document once is not documented.
 */
export function createLimits(now: () => number, settings: () => LimitSettings | undefined): Limits {
  const primary = { core: counter(now, HOUR), graphql: counter(now, HOUR) };
  const points = { core: counter(now, MINUTE), graphql: counter(now, MINUTE) };
  const content = counter(now, MINUTE);

  function rate(budget: Budget, ofApp: boolean): Rate {
    const set = ofApp ? settings()?.primary : undefined;
    const limit = set ?? USUAL;
    const used = set === undefined ? 0 : Math.min(primary[budget].sum, limit);
    return { limit, used, remaining: limit - used, reset: Math.ceil(primary[budget].ends / 1000) };
  }

  return {
    rate,
    take(call) {
      const limits = settings();
      const { budget } = call;
      if (budget === 'none') return undefined;
      if (limits?.primary !== undefined) {
        if (primary[budget].sum >= limits.primary) return primaryRefusal(budget);
        if (budget === 'core') primary.core.add(1);
      }
      const weight = call.kind === 'read' ? 1 : 5;
      if (limits?.secondary === true && points[budget].add(weight) > SECONDARY[budget]) {
        return secondaryRefusal((points[budget].ends - now()) / 1000);
      }
      if (limits?.content !== undefined && call.kind === 'write') {
        if (content.add(Math.max(1, call.mutations.length)) > limits.content) {
          return secondaryRefusal((content.ends - now()) / 1000);
        }
      }
      return undefined;
    },
    giveBack() {
      if (settings()?.primary !== undefined) primary.core.add(-1);
    },
    charge(spent) {
      if (settings()?.primary !== undefined) primary.graphql.add(spent);
    },
    headers(budget, ofApp) {
      const { limit, used, remaining, reset } = rate(budget, ofApp);
      return {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(remaining),
        'x-ratelimit-used': String(used),
        'x-ratelimit-reset': String(reset),
        'x-ratelimit-resource': budget,
      };
    },
  };
}

function primaryRefusal(budget: Budget): Outgoing {
  const message = 'API rate limit exceeded for this installation.';
  if (budget === 'graphql') return json(200, { errors: [{ type: 'RATE_LIMITED', message }] });
  return json(403, { message, documentation_url: DOCUMENTATION, status: '403' });
}

function secondaryRefusal(seconds: number): Outgoing {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  const body = { message, documentation_url: DOCUMENTATION, status: '403' };
  return json(403, body, { 'retry-after': String(Math.max(1, Math.ceil(seconds))) });
}
