import { isApp } from '../../access/principal.js';
import type { Limits } from '../../sandbox/limits.js';
import type { Id } from '../../state/model.js';
import { type Json, type Route, ok, route } from '../route.js';

/** `GET /rate_limit`, which counts against no limit on GitHub; `search` is not served, so nothing of it is used. */
export function rateLimitRoutes(limits: Limits, appId: Id): readonly Route[] {
  return [
    route('rate-limit/get', 'anyone', async ({ principal }) => {
      const ofApp = isApp(principal, appId);
      const core: Json = { ...limits.rate('core', ofApp) };
      const { reset } = limits.rate('core', ofApp);
      const search = { limit: 30, used: 0, remaining: 30, reset };
      const graphql: Json = { ...limits.rate('graphql', ofApp) };
      return ok({ resources: { core, search, graphql }, rate: core });
    }),
  ];
}
