import type { Call } from '../http/call.js';
import { type Incoming, type Reply, json } from '../http/message.js';
import type { Json } from '../rest/route.js';
import { milliseconds } from './duration.js';
import type { FaultSettings, RequestFault } from './fault-settings.js';
import { seededRandom } from './random.js';

/** What becomes of one webhook. */
export interface WebhookFate {
  readonly drop: boolean;
  /** How many times it is sent: 2 for a duplicate. */
  readonly copies: 1 | 2;
  /** Milliseconds on the sandbox's clock. */
  readonly delay: number;
  readonly reorder: boolean;
}

export interface Faults {
  readonly settings: FaultSettings;
  /** Replaces all settings and the counts. */
  set(settings: FaultSettings): void;
  /** The settings with `fired`, how often each did something. */
  shown(): Json;
  webhook(event: string): WebhookFate;
  /** A number in [0, 1) of the seeded draws, for the order of webhooks. */
  draw(): number;
  /** By how many effects a read of the app lags. */
  lag(): number;
  /** True if a read of the app is not told whether pull requests merge. */
  isUndecided(): boolean;
  /** True if the app is cut off once `effect` has happened; counts the request that meets it. */
  cut(effect: number): boolean;
  /** The answer that takes the place of running the request. `next` is the number of the next effect. */
  before(call: Call, incoming: Incoming, next: number): Reply | undefined;
  /** The answer that takes the place of the true one. `effects` are those of this request. */
  after(call: Call, incoming: Incoming, effects: readonly number[]): Reply | undefined;
  limited(): void;
}

const NO_FATE: WebhookFate = { drop: false, copies: 1, delay: 0, reorder: false };

/** Keeps the faults of one local GitHub; none at first. */
export function createFaults(): Faults {
  let settings: FaultSettings = {};
  let random = seededRandom(1);
  let matched: number[] = [];
  let fired = none();

  function request(call: Call, incoming: Incoming, when: RequestFault['when'], hits: (n: number) => boolean) {
    for (const [index, fault] of (settings.requests ?? []).entries()) {
      if (fault.when !== when || !fits(fault.match, call, incoming, hits)) continue;
      const seen = (matched[index] = (matched[index] ?? 0) + 1);
      const skip = fault.skip ?? 0;
      if (seen <= skip || seen > skip + (fault.times ?? 1)) continue;
      fired.requests[index] = (fired.requests[index] ?? 0) + 1;
      return replyOf(fault.answer);
    }
    return undefined;
  }

  return {
    get settings() {
      return settings;
    },
    set(next) {
      settings = next;
      random = seededRandom(next.seed ?? 1);
      matched = [];
      fired = none();
    },
    shown: () => shown(settings, fired),
    webhook(event) {
      const { drop = 0, duplicate = 0, delay, reorder = false, events } = settings.webhooks ?? {};
      if (settings.webhooks === undefined || (events !== undefined && !events.includes(event)))
        return NO_FATE;
      const fate: WebhookFate = {
        drop: random() < drop,
        copies: random() < duplicate ? 2 : 1,
        delay: delay === undefined ? 0 : milliseconds(delay),
        reorder,
      };
      if (fate.drop || fate.copies === 2 || fate.delay > 0 || reorder) fired.webhooks += 1;
      return fate;
    },
    draw: () => random(),
    lag() {
      const lag = settings.reads?.lag ?? 0;
      if (lag > 0) fired.reads += 1;
      return lag;
    },
    isUndecided() {
      const isUndecided = settings.reads?.mergeability === 'unknown';
      if (isUndecided) fired.reads += 1;
      return isUndecided;
    },
    cut(effect) {
      if (settings.cut === undefined || effect < settings.cut.after) return false;
      fired.cut += 1;
      return true;
    },
    before: (call, incoming, next) =>
      request(call, incoming, 'before', (effect) => call.kind === 'write' && effect === next),
    after: (call, incoming, effects) =>
      request(call, incoming, 'after', (effect) => effects.includes(effect)),
    limited: () => void (fired.limits += 1),
  };
}

const none = () => ({ webhooks: 0, reads: 0, requests: [] as number[], cut: 0, limits: 0 });

function shown(settings: FaultSettings, fired: ReturnType<typeof none>): Json {
  const { seed, webhooks, reads, requests, cut, limits } = settings;
  const shown = {
    seed,
    webhooks: webhooks && { ...webhooks, fired: fired.webhooks },
    reads: reads && { ...reads, fired: fired.reads },
    requests: requests?.map((fault, index) => ({ ...fault, fired: fired.requests[index] ?? 0 })),
    cut: cut && { ...cut, fired: fired.cut },
    limits: limits && { ...limits, fired: fired.limits },
  };
  return JSON.parse(JSON.stringify(shown)) as Json;
}

function fits(
  match: RequestFault['match'],
  call: Call,
  incoming: Incoming,
  hits: (effect: number) => boolean,
): boolean {
  const { operation, method, path, mutation, kind, effect } = match;
  return (
    (operation === undefined || operation === call.operation) &&
    (method === undefined || method.toUpperCase() === incoming.method) &&
    (path === undefined || fitsPath(path, incoming.path)) &&
    (mutation === undefined || call.mutations.includes(mutation)) &&
    (kind === undefined || kind === call.kind) &&
    (effect === undefined || hits(effect))
  );
}

function fitsPath(pattern: string, path: string): boolean {
  const parts = pattern.split('/');
  const segments = path.split('/');
  return (
    parts.length === segments.length && parts.every((part, index) => part === '*' || part === segments[index])
  );
}

function replyOf(answer: RequestFault['answer']): Reply {
  if (typeof answer === 'string') return answer;
  return json(answer.status, answer.body as Json | undefined, answer.headers);
}
