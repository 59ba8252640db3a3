import { timestamp } from '../clock.js';
import type { Json } from '../rest/route.js';
import type { Id } from '../state/model.js';
import { type Message, type Outcome, deliveryHeaders } from './send.js';
import type { Target } from './target.js';

/** One attempt to deliver a webhook. */
export interface Delivery {
  readonly id: Id;
  readonly target: Target;
  readonly message: Message;
  readonly action: string | null;
  readonly repositoryId: Id;
  readonly redelivery: boolean;
  readonly deliveredAt: string;
  readonly outcome: Outcome;
}

export type NewDelivery = Omit<Delivery, 'id' | 'deliveredAt'>;

export interface Deliveries {
  add(delivery: NewDelivery, now: number): void;
  /** Newest first. */
  of(appId: Id): readonly Delivery[];
  find(appId: Id, id: Id): Delivery | undefined;
}

/** How many attempts are remembered. */
const KEPT = 5000;

/** Remembers the attempts of one local GitHub. */
export function createDeliveries(): Deliveries {
  const rows: Delivery[] = [];
  let last = 0;
  const of = (appId: Id) =>
    rows.filter(({ target }) => target.kind === 'integration' && target.id === appId).reverse();
  return {
    add(delivery, now) {
      rows.push({ ...delivery, id: (last += 1), deliveredAt: timestamp(now) });
      if (rows.length > KEPT) rows.shift();
    },
    of,
    find: (appId, id) => of(appId).find((row) => row.id === id),
  };
}

/** True if the receiver took it. */
export function succeeded({ outcome }: Delivery): boolean {
  return outcome.statusCode >= 200 && outcome.statusCode < 300;
}

/** GitHub's `hook-delivery-item`. */
export function presentDelivery({ id, message, outcome, target, ...row }: Delivery): Record<string, Json> {
  return {
    id,
    guid: message.guid,
    delivered_at: row.deliveredAt,
    redelivery: row.redelivery,
    duration: outcome.duration,
    status: outcome.status,
    status_code: outcome.statusCode,
    event: message.event,
    action: row.action,
    installation_id: target.installationId,
    repository_id: row.repositoryId,
    throttled_at: null,
  };
}

/** GitHub's `hook-delivery`: the item with what was sent and what came back. */
export function presentWholeDelivery(delivery: Delivery): Json {
  const { target, message, outcome } = delivery;
  return {
    ...presentDelivery(delivery),
    ...(target.url !== undefined && { url: target.url }),
    request: { headers: deliveryHeaders(target, message), payload: JSON.parse(message.body) as Json },
    response: { headers: outcome.headers, payload: outcome.answer },
  };
}
