import { createTokens, type Tokens } from '../access/tokens.js';
import type { Call } from '../http/call.js';
import { gitCall } from '../http/git.js';
import { graphqlCall } from '../http/graphql.js';
import type { Incoming, Reply } from '../http/message.js';
import { serve } from '../http/serve.js';
import { restCall } from '../rest/call.js';
import { appRoutes } from '../rest/routes/apps.js';
import { deliveryRoutes } from '../rest/routes/deliveries.js';
import { rateLimitRoutes } from '../rest/routes/rate-limit.js';
import { routeTable } from '../rest/table.js';
import type { Id } from '../state/model.js';
import { createDeliveries } from '../webhooks/deliveries.js';
import { dispatchWebhooks } from '../webhooks/dispatch.js';
import { createWebhookQueue } from '../webhooks/queue.js';
import type { AppHook } from '../webhooks/target.js';
import type { World } from '../world.js';
import { sandboxAnswer } from './api.js';
import { pageCall } from './pages.js';
import { createFaults } from './faults.js';
import { createLimits } from './limits.js';
import { type Recorder, createRecorder } from './recorder.js';
import { createRequestLog } from './request-log.js';
import { type Mover, createMover } from './settle.js';

/** Everything around the world that lives as long as the server. */
export interface Services {
  readonly tokens: Tokens;
  readonly recorder: Recorder;
  readonly answer: (incoming: Incoming) => Promise<Reply>;
  /** Keeps account of a request until its answer has been sent. */
  readonly track: (incoming: Incoming, work: () => Promise<void>) => Promise<void>;
  readonly sendWebhooks: (hooks: readonly AppHook[]) => void;
  readonly mover: Mover;
  /** Ends the webhooks and saves the totals. */
  readonly close: () => void;
}

/** Puts REST, GraphQL, git, the sandbox's own routes and the webhooks around a world. */
export function createServices(world: World, appId: Id): Services {
  const { clock, activity } = world;
  const tokens = createTokens();
  const recorder = createRecorder();
  const { report, count } = recorder;
  const faults = createFaults();
  const log = createRequestLog();
  const limits = createLimits(clock.now, () => faults.settings.limits);
  const deliveries = createDeliveries();
  const queue = createWebhookQueue({
    clock,
    faults,
    deliveries,
    isFaulty: (target) => target.kind === 'integration' && target.id === appId,
  });
  activity.add({ busy: queue.busy });

  const routes = routeTable([
    appRoutes(tokens),
    deliveryRoutes(deliveries, queue),
    rateLimitRoutes(limits, appId),
  ]);
  const mover = createMover({ clock, activity });
  const sandbox = { clock, faults, log, mover };

  function callOf(incoming: Incoming): Call {
    if (incoming.path === '/graphql') return graphqlCall(incoming, { limits, report, appId });
    return pageCall(incoming) ?? gitCall(incoming) ?? restCall(incoming, { routes, report });
  }
  const parts = { world, tokens, faults, limits, log, appId, callOf, count };

  return {
    tokens,
    recorder,
    mover,
    answer: (incoming) => (ofSandbox(incoming) ? sandboxAnswer(sandbox, incoming) : serve(parts, incoming)),
    track: (incoming, work) =>
      ofSandbox(incoming) ? work() : activity.track(`${incoming.method} ${incoming.path}`, work),
    sendWebhooks: (hooks) => dispatchWebhooks(world, { queue, report, hooks }),
    close() {
      queue.close();
      recorder.save();
    },
  };
}

/** The sandbox's own requests: settling must not wait for itself. What people do on a page is asked like the API. */
function ofSandbox(incoming: Incoming): boolean {
  return incoming.path.startsWith('/_sandbox/') && pageCall(incoming) === undefined;
}
