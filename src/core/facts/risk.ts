import type { Parsed } from './fact.js';

export type RiskLevel = 'high' | 'medium' | 'low';

/** How risky an issue is, and why if somebody said so. */
export interface Risk {
  readonly level: RiskLevel;
  readonly reason: string | null;
}

const LEVEL = /^[^\p{L}\p{N}]*(high|medium|low)(?![\p{L}\p{N}])/iu;
const MAX_REASON = 1000;

/** Reads a risk: "HIGH (financial impact)", "medium: reliability", "low", with or without emphasis or a sign before. */
export function parseRisk(text: string): Parsed<Risk> {
  const match = LEVEL.exec(text.slice(0, MAX_REASON));
  const level = riskLevel(match?.[1] ?? '');
  if (match === null || level === null) return { ok: false, note: 'expected `high`, `medium` or `low`' };
  const rest = text
    .slice(match[0].length)
    .replace(/^[\s*_:,;.–—-]+/, '')
    .trim();
  const inner = rest.startsWith('(') && rest.endsWith(')') ? rest.slice(1, -1) : rest;
  const reason = inner.replace(/\s+/g, ' ').trim();
  return { ok: true, value: { level, reason: reason === '' ? null : reason } };
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
