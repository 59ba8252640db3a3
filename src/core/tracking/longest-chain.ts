import { criticalPath } from '../graph/critical-path.js';
import type { View } from '../view/view.js';
import { nodeLink } from './links.js';

/** Of a longer chain so many at either end are named. */
const MAX_END = 5;

/** The chain that decides how long the deployment takes, as one line; none where every edge is as long as any other. */
export function longestChain({ graph }: Pick<View, 'graph'>): readonly string[] {
  const path = criticalPath(graph);
  if (path.length < 3) return [];
  const links = path.map(nodeLink);
  const left = links.length - 2 * MAX_END;
  const shown = left > 1 ? [...links.slice(0, MAX_END), `${left} more`, ...links.slice(-MAX_END)] : links;
  return [`Longest chain: ${shown.join(' → ')}`];
}
