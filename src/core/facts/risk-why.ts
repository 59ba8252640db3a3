import type { Fact } from './fact.js';
import type { Risk, RiskLevel } from './risk.js';

/** What the newest accepted `risk` command about an issue says. */
export interface RiskSaid {
  readonly level: RiskLevel;
  readonly why: string | null;
  /** Where it says so: the issue or pull request, and the comment's id. */
  readonly comment: NonNullable<Risk['comment']>;
}

/** The risk with the why of a command, which goes before that of the text while the label has its level. */
export function withWhy(risk: Fact<Risk>, said: RiskSaid | null): Fact<Risk> {
  if (risk.kind !== 'known' || risk.source !== 'label') return risk;
  if (said === null || said.why === null || said.level !== risk.value.level) return risk;
  return { ...risk, value: { ...risk.value, reason: said.why, comment: said.comment } };
}
