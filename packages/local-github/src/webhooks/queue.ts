import { randomUUID } from 'node:crypto';

import type { Clock } from '../clock.js';
import type { Json } from '../rest/route.js';
import type { Faults } from '../sandbox/faults.js';
import type { Id } from '../state/model.js';
import { answerSent } from './answer-sent.js';
import type { Deliveries, Delivery } from './deliveries.js';
import { type Message, failure, send } from './send.js';
import type { Target } from './target.js';

/** A webhook that is to be sent. */
export interface Webhook {
  readonly event: string;
  readonly action: string | null;
  readonly repositoryId: Id;
  readonly payload: Promise<Json>;
}

export interface WebhookQueue {
  /** Queues a webhook, and decides by the faults set now what becomes of it. */
  add(target: Target, webhook: Webhook): void;
  /** Sends an earlier one again under its own GUID. */
  redeliver(delivery: Delivery): void;
  /** One line for each that is queued or being sent. */
  busy(): readonly string[];
  /** Ends what is being sent and sends no more. */
  close(): void;
}

interface Job {
  readonly target: Target;
  readonly name: string;
  /** The end of the request that made it. */
  readonly hold: Promise<void> | undefined;
  readonly run: () => Promise<void>;
}

/** When faults shuffle webhooks, each waits up to so many milliseconds (sandbox clock) longer. */
const SHUFFLE = 1000;

/** Sends webhooks: those of one target one at a time, in the order of the effects that made them. No retries. */
export function createWebhookQueue({
  clock,
  faults,
  deliveries,
  isFaulty,
}: {
  clock: Clock;
  faults: Faults;
  deliveries: Deliveries;
  /** Whether faults touch this target. */
  isFaulty: (target: Target) => boolean;
}): WebhookQueue {
  const lanes = new Map<string, Job[]>();
  const ended = new AbortController();

  function push(job: Job): void {
    const key = `${job.target.kind} ${job.target.hookId}`;
    const lane = lanes.get(key);
    if (lane !== undefined) {
      lane.push(job);
      return;
    }
    const fresh = [job];
    lanes.set(key, fresh);
    void drain(key, fresh);
  }

  /** The job being run stays at the head of its lane until it is done. */
  async function drain(key: string, lane: Job[]): Promise<void> {
    for (let job = lane[0]; job !== undefined && !ended.signal.aborted; job = lane[0]) {
      await job.hold;
      await job.run();
      lane.shift();
    }
    lanes.delete(key);
  }

  function job(
    target: Target,
    webhook: Webhook,
    guid: string,
    attempt: { redelivery: boolean; drop: boolean },
  ): Job {
    const { event, action, repositoryId } = webhook;
    async function run(): Promise<void> {
      const message: Message = { guid, event, body: JSON.stringify(await webhook.payload) };
      const outcome = attempt.drop
        ? failure('failed to connect to host', 0)
        : await send(target, message, ended.signal);
      const { redelivery } = attempt;
      deliveries.add({ target, message, action, repositoryId, redelivery, outcome }, clock.now());
    }
    const name = `webhook ${event}${action === null ? '' : `.${action}`} to ${target.url ?? 'nobody'}`;
    return { target, name, hold: answerSent.getStore(), run };
  }

  return {
    add(target, webhook) {
      const fate = isFaulty(target)
        ? faults.webhook(webhook.event)
        : { drop: false, copies: 1, delay: 0, reorder: false };
      const one = job(target, webhook, randomUUID(), { redelivery: false, drop: fate.drop });
      for (let copy = 0; copy < fate.copies; copy += 1) {
        const delay = fate.delay + (fate.reorder ? Math.floor(faults.draw() * SHUFFLE) : 0);
        if (delay === 0) push(one);
        else clock.at(clock.now() + delay, () => push(one));
      }
    },
    redeliver({ target, message, action, repositoryId }) {
      const { event, guid, body } = message;
      const payload = Promise.resolve(JSON.parse(body) as Json);
      push(job(target, { event, action, repositoryId, payload }, guid, { redelivery: true, drop: false }));
    },
    busy: () => [...lanes.values()].flat().map(({ name }) => name),
    close: () => ended.abort(),
  };
}
