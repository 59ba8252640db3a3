import { readMarkdown } from '../markdown/blocks.js';
import { sectionsOf } from '../markdown/sections.js';
import type { Section } from '../markdown/sections.js';
import { type OnlyLabel, isLabelOf } from '../names/labels.js';
import type { HourRange } from '../settings/duration.js';
import { readDependencies } from './dependencies.js';
import type { Dependencies } from './dependencies.js';
import { parseEffort } from './effort.js';
import { factOf } from './fact.js';
import type { Fact, Parsed, Written } from './fact.js';
import { keyedLinesOf } from './keyed-lines.js';
import type { FactKey, KeyedLine } from './keyed-lines.js';
import { parsePriority } from './priority.js';
import type { Priority } from './priority.js';
import type { RefContext } from './references.js';
import { parseRisk } from './risk.js';
import type { Risk } from './risk.js';
import { readShares } from './shares.js';
import type { Shares } from './shares.js';

/** What people wrote about an issue: its body (or the text recorded of it) and the names of its labels. */
export interface IssueText {
  readonly body: string;
  readonly labels: readonly string[];
}

/** The facts of one issue, each with its source. */
export interface IssueFacts {
  readonly scope: Fact<string>;
  readonly effort: Fact<HourRange>;
  readonly risk: Fact<Risk>;
  readonly mitigation: Fact<string>;
  readonly priority: Fact<Priority>;
  readonly shares: Shares;
  readonly dependencies: Dependencies;
}

/**
 * Reads the facts of an issue: a label (`effort:5-6h`, `risk:high`) overrides the section of that heading, which
 * overrides a line that begins with the fact's name and a colon. Never throws; what cannot be read is kept as written.
 */
export function readFacts(issue: IssueText, context: RefContext): IssueFacts {
  const page = readMarkdown(issue.body);
  const sections = sectionsOf(page);
  const lines = keyedLinesOf(page);
  const inBody = (key: FactKey, ...headings: readonly string[]): Written | null =>
    fromSection(sections, [key, ...headings]) ?? fromLine(lines, key);
  return {
    scope: factOf(inBody('scope'), asWritten),
    effort: labelled(issue.labels, 'effort', parseEffort) ?? factOf(inBody('effort'), parseEffort),
    risk: readRisk(issue.labels, inBody('risk', 'risk level')),
    mitigation: factOf(inBody('mitigation'), asWritten),
    priority: labelled(issue.labels, 'priority', parsePriority) ?? { kind: 'unknown' },
    shares: readShares(
      sections.get('shares'),
      lines.filter((line) => line.key === 'shares'),
    ),
    dependencies: readDependencies(page, context),
  };
}

/** A label states the level only; the reason that the body gives is kept if it is for the same level. */
function readRisk(labels: readonly string[], written: Written | null): Fact<Risk> {
  const body = factOf(written, parseRisk);
  const label = labelled(labels, 'risk', parseRisk);
  if (label?.kind !== 'known') return label ?? body;
  const same = body.kind === 'known' && body.value.level === label.value.level;
  return same ? { ...label, value: body.value } : label;
}

/** The fact that labels `<key>:<value>` state; null without one. Two that differ state nothing that can be read. */
function labelled<T>(
  labels: readonly string[],
  key: OnlyLabel,
  parse: (text: string) => Parsed<T>,
): Fact<T> | null {
  const own = labels.filter((label) => isLabelOf(key, label)).sort();
  const [first, second] = own;
  if (first === undefined) return null;
  if (second === undefined)
    return factOf({ text: first.slice(key.length + 1).trim(), source: 'label' }, parse);
  const note = `more than one \`${key}:\` label; keep one of them`;
  return { kind: 'unreadable', written: own.join(', '), note, source: 'label' };
}

function fromSection(sections: ReadonlyMap<string, Section>, headings: readonly string[]): Written | null {
  const text = headings.map((heading) => sections.get(heading)?.text ?? '').find((each) => each !== '');
  return text === undefined ? null : { text, source: 'section' };
}

function fromLine(lines: readonly KeyedLine[], key: FactKey): Written | null {
  const line = lines.find((each) => each.key === key);
  return line === undefined ? null : { text: line.value, source: 'line' };
}

function asWritten(text: string): Parsed<string> {
  return { ok: true, value: text };
}
