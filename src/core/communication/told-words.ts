import type { Member } from '../membership/member.js';
import { codeSpan } from '../text/code.js';
import { escapeMarkdown } from '../text/escape.js';
import { listed } from '../text/listed.js';
import { issueLink } from '../tracking/links.js';
import { MAX_CELL } from '../tracking/phrases.js';
import type { SubagentEvent } from './events.js';
import type { Stakeholder } from './told-since.js';

const MAX_CHECKS = 10;

/** What stakeholders are told of one subagent: the news first, which is what notifications show. The mentions are those of the settings, and no others. */
export function sayEvent(
  stakeholders: readonly Stakeholder[],
  event: SubagentEvent,
  member: Member,
  base: string,
): string {
  const { number, issue } = member;
  const work = `${issueLink(number)} (${escapeMarkdown(issue.title, MAX_CELL)})`;
  return `${sentence(event, work, base)}\n\n${addressed(stakeholders)}`;
}

/** What stakeholders are told at the end of a deployment. */
export function sayComplete(stakeholders: readonly Stakeholder[], base: string): string {
  return `The deployment on ${codeSpan(base)} is complete.\n\n${addressed(stakeholders)}`;
}

function sentence({ event, names }: SubagentEvent, work: string, base: string): string {
  switch (event) {
    case 'deployed':
      return `Issue ${work} is deployed, and worked on here.`;
    case 'ready':
      return `The work on issue ${work} is ready for review.`;
    case 'failing':
      return `Checks fail on the work on issue ${work}: ${listed(names, MAX_CHECKS, (name) => codeSpan(name, MAX_CELL))}.`;
    case 'conflict':
      return `The work on issue ${work} conflicts with ${codeSpan(base)}.`;
    case 'merged':
      return `The work on issue ${work} is merged into ${codeSpan(base)}.`;
  }
}

/** `For @acme/qa (QA team: tests of each issue), Product team (timeline)`. */
function addressed(stakeholders: readonly Stakeholder[]): string {
  const each = stakeholders.map(({ name, mention, why }) => {
    const who = escapeMarkdown(name);
    const reason = why === undefined ? '' : escapeMarkdown(why);
    if (mention === undefined) return reason === '' ? who : `${who} (${reason})`;
    return `@${mention} (${who}${reason === '' ? '' : `: ${reason}`})`;
  });
  return `For ${each.join(', ')}.`;
}
