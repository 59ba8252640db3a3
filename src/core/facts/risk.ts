import type { Parsed } from './fact.js';

export type RiskLevel = 'high' | 'medium' | 'low';

/** How risky an issue is, and why if somebody said so. */
export interface Risk {
  readonly level: RiskLevel;
  readonly reason: string | null;
  /** What would go wrong, if that was said besides: "HIGH (money): bids are paid twice". */
  readonly threat: string | null;
  /** The comment whose command gave the reason; absent if the text did. */
  readonly comment?: { readonly on: number; readonly id: number };
}

const LEVEL = /^[^\p{L}\p{N}]*(high|medium|low)(?![\p{L}\p{N}])/iu;
const MAX_REASON = 1000;
const LEAD = /^[\s*_:,;.–—-]+/;

/**
 * Reads a risk: "HIGH (financial impact)", "HIGH (financial impact): bids are paid twice", "medium: reliability", "low",
 * with or without emphasis or a sign before.
 */
export function parseRisk(text: string): Parsed<Risk> {
  const match = LEVEL.exec(text.slice(0, MAX_REASON));
  const level = riskLevel(match?.[1] ?? '');
  if (match === null || level === null) return { ok: false, note: 'expected `high`, `medium` or `low`' };
  const rest = text.slice(match[0].length).replace(LEAD, '').replace(/\s+/g, ' ').trim();
  const end = rest.startsWith('(') ? rest.indexOf(')') : -1;
  if (end === -1) return { ok: true, value: { level, reason: orNull(rest), threat: null } };
  const threat = rest.slice(end + 1).replace(LEAD, '');
  return { ok: true, value: { level, reason: orNull(rest.slice(1, end).trim()), threat: orNull(threat) } };
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}

/** One of the three levels, in whatever case it is written. */
export function riskLevel(word: string): RiskLevel | null {
  switch (word.toLowerCase()) {
    case 'high':
      return 'high';
    case 'medium':
      return 'medium';
    case 'low':
      return 'low';
    default:
      return null;
  }
}
