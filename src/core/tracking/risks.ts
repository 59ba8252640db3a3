import { escapeTableCell } from '../text/escape.js';
import type { Member } from '../membership/member.js';
import type { View } from '../view/view.js';
import { issueLink } from './links.js';
import { MAX_CELL, factCell, threatCell } from './phrases.js';

/** The risks that the issues name, then those of the configuration. Empty if there are none. */
export function renderRisks(view: View): string {
  const rows = [
    ...view.members.filter(hasRisk).map(({ facts, number }) => ({
      risk: threatCell(facts.risk),
      issue: issueLink(number),
      mitigation: factCell(facts.mitigation),
    })),
    ...view.config.settings.risks.map(({ risk, issue, mitigation }) => ({
      risk: escapeTableCell(risk, MAX_CELL),
      issue: issue === 'all' ? 'all' : issueLink(issue),
      mitigation: escapeTableCell(mitigation, MAX_CELL),
    })),
  ];
  if (rows.length === 0) return '';
  const lines = rows.map(({ risk, issue, mitigation }) => `| ${risk} | ${issue} | ${mitigation} |`);
  return ['## Risks', '', '| Risk | Issue | Mitigation |', '| --- | --- | --- |', ...lines].join('\n');
}

/** Whether there are any. */
export function hasRisks({ members, config }: View): boolean {
  return config.settings.risks.length > 0 || members.some(hasRisk);
}

function hasRisk({ facts }: Member): boolean {
  return facts.risk.kind !== 'unknown' || facts.mitigation.kind !== 'unknown';
}
