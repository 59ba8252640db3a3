import type { Route } from './route.js';
import { hookRoutes } from './routes/hooks.js';
import { issueRoutes } from './routes/issue-routes.js';

/** The route table by operation, with those routes that need more than the world. */
export function routeTable(more: readonly (readonly Route[])[]): ReadonlyMap<string, Route> {
  const routes = [issueRoutes, hookRoutes, ...more].flat();
  return new Map(routes.map((route) => [route.operation, route]));
}
