import type { DomainEvent } from '../domain/events.js';
import type { Json } from '../rest/route.js';
import { checkWebhook } from '../schema/webhooks.js';
import type { Violation } from '../schema/violation.js';
import type { World } from '../world.js';
import { nodeId } from '../present/node-id.js';
import { buildPayload } from './payload.js';
import type { WebhookQueue } from './queue.js';
import { type AppHook, type Target, targetsOf } from './target.js';

/** Turns the events of every effect into webhooks. A payload shows the state that its effect made. */
export function dispatchWebhooks(
  world: World,
  {
    queue,
    hooks,
    report,
  }: {
    queue: WebhookQueue;
    hooks: readonly AppHook[];
    report: (violations: readonly Violation[]) => void;
  },
): void {
  world.onEffect(({ events, view }) => {
    for (const event of events) {
      const targets = targetsOf(event, view, hooks);
      if (targets.length === 0) continue;
      const shared = buildPayload(event, view);
      for (const target of targets) {
        queue.add(target, {
          event: event.name,
          action: 'action' in event ? event.action : null,
          repositoryId: event.repositoryId,
          payload: checked(event, shared, target, report),
        });
      }
    }
  });
}

async function checked(
  event: DomainEvent,
  shared: ReturnType<typeof buildPayload>,
  target: Target,
  report: (violations: readonly Violation[]) => void,
): Promise<Json> {
  try {
    const payload = { ...(await shared), ...installationOf(target) };
    report(checkWebhook(event.name, payload));
    return payload;
  } catch (error) {
    const got = error instanceof Error ? (error.stack ?? error.message) : String(error);
    report([{ operation: event.name, where: 'webhook', at: '', expected: 'a payload', got }]);
    return {};
  }
}

function installationOf({ installationId }: Target): Readonly<Record<string, Json>> {
  if (installationId === null) return {};
  return { installation: { id: installationId, node_id: nodeId('Installation', installationId) } };
}
