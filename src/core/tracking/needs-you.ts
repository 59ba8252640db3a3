import { issueLinks } from './links.js';
import type { NeedOf } from './needs.js';

const MAX_NAMED = 20;

/** What waits for a person, one item per cause, at most `max` of them. Empty if nothing does. */
export function renderNeedsYou(needs: readonly NeedOf[], max: number): string {
  return needs.length === 0 ? '' : ['## Needs you', '', ...renderNeedsList(needs, max)].join('\n');
}

/** The same, without a heading: one line of Markdown for each. */
export function renderNeedsList(needs: readonly NeedOf[], max: number): readonly string[] {
  const lines = needs.slice(0, max).map(({ issues, what, way }) => {
    const about = issues.length === 0 ? '' : `${issueLinks(issues, MAX_NAMED)}: `;
    return `- ${about}**${what}** ${way}`;
  });
  return needs.length > max ? [...lines, `- And ${needs.length - max} more.`] : lines;
}
