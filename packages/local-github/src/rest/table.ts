import type { Route } from './route.js';
import { branchRoutes } from './routes/branches.js';
import { checkRoutes } from './routes/checks.js';
import { commitRoutes } from './routes/commits.js';
import { contentRoutes } from './routes/contents.js';
import { forkRoutes } from './routes/forks.js';
import { gitRoutes } from './routes/git.js';
import { hookRoutes } from './routes/hooks.js';
import { issueRoutes } from './routes/issue-routes.js';
import { protectionRoutes } from './routes/protection.js';
import { pullRoutes } from './routes/pulls.js';
import { reviewRoutes } from './routes/reviews.js';
import { rulesetRoutes } from './routes/rulesets.js';
import { statusRoutes } from './routes/statuses.js';

const TABLE: readonly Route[] = [
  ...issueRoutes,
  ...pullRoutes,
  ...reviewRoutes,
  ...contentRoutes,
  ...gitRoutes,
  ...branchRoutes,
  ...forkRoutes,
  ...commitRoutes,
  ...checkRoutes,
  ...statusRoutes,
  ...protectionRoutes,
  ...rulesetRoutes,
  ...hookRoutes,
];

/** The route table by operation, with those routes that need more than the world. */
export function routeTable(more: readonly (readonly Route[])[]): ReadonlyMap<string, Route> {
  const routes = [...TABLE, ...more.flat()];
  return new Map(routes.map((route) => [route.operation, route]));
}
