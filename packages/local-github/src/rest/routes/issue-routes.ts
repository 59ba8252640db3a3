import type { Route } from '../route.js';
import { assigneeRoutes } from './assignees.js';
import { commentRoutes } from './comments.js';
import { dependencyRoutes } from './dependencies.js';
import { plainIssueRoutes } from './issues.js';
import { labelRoutes } from './labels.js';
import { reactionRoutes } from './reactions.js';
import { repositoryRoutes } from './repositories.js';
import { timelineRoutes } from './timeline.js';
import { userRoutes } from './users.js';

/** Every route about issues, people and the repository itself. */
export const issueRoutes: readonly Route[] = [
  ...userRoutes,
  ...repositoryRoutes,
  ...plainIssueRoutes,
  ...commentRoutes,
  ...reactionRoutes,
  ...labelRoutes,
  ...assigneeRoutes,
  ...dependencyRoutes,
  ...timelineRoutes,
];
