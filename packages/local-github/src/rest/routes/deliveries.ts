import { type Context, present } from '../../domain/context.js';
import { badCredentials, notFound } from '../../domain/errors.js';
import {
  type Deliveries,
  type Delivery,
  presentDelivery,
  presentWholeDelivery,
  succeeded,
} from '../../webhooks/deliveries.js';
import type { WebhookQueue } from '../../webhooks/queue.js';
import type { Id } from '../../state/model.js';
import { type Route, ok, route } from '../route.js';

const DEFAULT_SIZE = 30;
const LARGEST_SIZE = 100;

/** What became of the app's webhooks. GitHub redelivers nothing by itself. */
export function deliveryRoutes(deliveries: Deliveries, queue: WebhookQueue): readonly Route[] {
  function find(context: Context, id: Id): Delivery {
    const delivery = deliveries.find(appId(context), id);
    if (delivery === undefined) throw notFound();
    return delivery;
  }

  return [
    route('apps/list-webhook-deliveries', 'app', async (context, { query }) => {
      const size = Math.min(LARGEST_SIZE, query.per_page ?? DEFAULT_SIZE);
      const before = cursorId(query.cursor);
      const rows = deliveries
        .of(appId(context))
        .filter(({ id }) => id < before)
        .filter((row) => query.status === undefined || succeeded(row) === (query.status === 'success'));
      const page = rows.slice(0, size);
      const last = rows.length > size ? page.at(-1) : undefined;
      if (last === undefined) return ok(page.map(presentDelivery));
      const next = new URL(`${present(context).url}/app/hook/deliveries`);
      next.search = new URLSearchParams({
        per_page: String(size),
        ...(query.status && { status: query.status }),
        cursor: `v1_${last.id}`,
      }).toString();
      const headers = { link: `<${next.href}>; rel="next"` };
      return { status: 200, body: page.map(presentDelivery), headers };
    }),
    route('apps/get-webhook-delivery', 'app', async (context, { path }) =>
      ok(presentWholeDelivery(find(context, path.delivery_id))),
    ),
    route('apps/redeliver-webhook-delivery', 'app', async (context, { path }) => {
      queue.redeliver(find(context, path.delivery_id));
      return { status: 202, body: {} };
    }),
  ];
}

function appId({ principal }: Context): Id {
  if (principal.kind !== 'app') throw badCredentials('A JSON web token could not be decoded');
  return principal.appId;
}

/** The delivery that the last page ended with; without a cursor, one after all. */
function cursorId(cursor: string | undefined): number {
  return cursor === undefined ? Infinity : Number(/^v1_(\d+)$/.exec(cursor)?.[1] ?? 0);
}
