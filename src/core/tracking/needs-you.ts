import { issueLinks } from './links.js';
import type { NeedOf } from './needs.js';

const MAX_NAMED = 20;

/** What waits for a person, one item per cause, at most `max` of them. Empty if nothing does. */
export function renderNeedsYou(needs: readonly NeedOf[], max: number): string {
  if (needs.length === 0) return '';
  const lines = needs.slice(0, max).map(({ issues, what, way }) => {
    const about = issues.length === 0 ? '' : `${issueLinks(issues, MAX_NAMED)}: `;
    return `- ${about}**${what}** ${way}`;
  });
  if (needs.length > max) lines.push(`- And ${needs.length - max} more.`);
  return ['## Needs you', '', ...lines].join('\n');
}
