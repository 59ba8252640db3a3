/** The labels that the app reads and sets: their names, colours and descriptions, and back from the name. */
import type { Settings } from '../settings/schema.js';
import { cutText, oneLine } from '../text/clean.js';

/** Hexadecimal SHA-256 of a text. */
export type Digest = (text: string) => string;

/** A label as GitHub creates it: a name of at most 50 characters, a colour of 6 hexadecimal digits. */
export interface LabelDefinition {
  readonly name: string;
  readonly color: string;
  /** At most 100 characters, GitHub's limit. */
  readonly description: string;
}

export type ControlLabel = 'deploy' | 'hold' | 'merge' | 'freeze' | 'pause' | 'tracking';

/** Labels `<kind>:<value>` of which an issue has one at most: two of a kind state nothing that can be read. */
export type OnlyLabel = 'effort' | 'risk' | 'priority';

export type RiskLevel = 'high' | 'medium' | 'low';
export type Priority = 'p0' | 'p1' | 'p2' | 'p3';

const MAX_NAME = 50;
const MAX_DESCRIPTION = 100;

const RISK_COLORS = { high: 'b60205', medium: 'fbca04', low: '0e8a16' } satisfies Record<RiskLevel, string>;
const PRIORITIES = {
  p0: { color: 'b60205', meaning: 'lands before all others that are free' },
  p1: { color: 'd93f0b', meaning: 'lands before most others' },
  p2: { color: 'fbca04', meaning: 'the usual priority' },
  p3: { color: 'c2e0c6', meaning: 'lands after the others that are free' },
} satisfies Record<Priority, { color: string; meaning: string }>;

/** The labels by which people control deployments, with the names of these settings. */
export function controlLabels({ labels }: Pick<Settings, 'labels'>): Record<ControlLabel, LabelDefinition> {
  const named = (name: string): string => `${labels.prefix}:${name}`;
  return {
    deploy: label(
      labels.deploy,
      '0e8a16',
      'Deploy this issue to a subagent: branch, task file and draft pull request',
    ),
    hold: label(named('hold'), 'd93f0b', 'Does not land until the label is removed'),
    merge: label(named('merge'), '1d76db', 'Lands as soon as it can'),
    freeze: label(named('freeze'), 'b60205', 'Nothing of this deployment lands until the label is removed'),
    pause: label(named('pause'), 'fbca04', 'No runner of this deployment starts until the label is removed'),
    tracking: label(named('tracking'), '5319e7', 'The tracking issue of a subagent deployment'),
  };
}

/** Whether two names are those of one label: their case does not count on GitHub. */
export function isSameLabel(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Whether a label is of that kind, whatever its value says. */
export function isLabelOf(kind: OnlyLabel, name: string): boolean {
  return name.toLowerCase().startsWith(`${kind}:`);
}

/** Which control label this is; the case of label names does not count on GitHub. */
export function controlLabelOf(settings: Pick<Settings, 'labels'>, name: string): ControlLabel | undefined {
  const labels = controlLabels(settings);
  const kinds: readonly ControlLabel[] = ['deploy', 'hold', 'merge', 'freeze', 'pause', 'tracking'];
  return kinds.find((kind) => isSameLabel(labels[kind].name, name));
}

/** The label of issues that touch the same code. Its name is shortened with a digest where GitHub's limit asks. */
export function sharesLabel(what: string, digest: Digest): LabelDefinition {
  return label(fitting('shares:', what, digest), 'bfd4f2', `Touches the same code: ${oneLine(what)}`);
}

/** The label of that name, as somebody wrote it, which says that code is shared. */
export function sharesLabelNamed(name: string, digest: Digest): LabelDefinition {
  const fact = labelFact(name);
  return { ...sharesLabel(fact?.value ?? name, digest), name };
}

/** The label of an effort, as somebody wrote it. */
export function effortLabel(effort: string, digest: Digest): LabelDefinition {
  return label(fitting('effort:', effort, digest), 'd4c5f9', `Estimated effort: ${oneLine(effort)}`);
}

/** The label of a risk level. */
export function riskLabel(level: RiskLevel): LabelDefinition {
  return label(`risk:${level}`, RISK_COLORS[level], `Risk of this change: ${level}`);
}

/** The label of a priority; an issue without one has `p2`. */
export function priorityLabel(priority: Priority): LabelDefinition {
  const { color, meaning } = PRIORITIES[priority];
  return label(`priority:${priority}`, color, `Priority ${priority}: ${meaning}`);
}

/** The label of the issues, and of the tracking issue, of a deployment with a name. */
export function deploymentLabel(name: string, digest: Digest): LabelDefinition {
  return label(
    fitting('deployment:', name, digest),
    'c5def5',
    `Belongs to the subagent deployment ${oneLine(name)}`,
  );
}

/** What a label says about an issue. Words are lower-case where they are the app's own, else as written. */
export type LabelFact =
  | { readonly kind: 'shares' | 'effort' | 'deployment'; readonly value: string }
  | { readonly kind: 'risk'; readonly value: RiskLevel }
  | { readonly kind: 'priority'; readonly value: Priority };

/** Reads a label's name; `undefined` if it says nothing that the app knows. */
export function labelFact(name: string): LabelFact | undefined {
  const read = /^([a-z]+):\s*(\S.*)$/i.exec(name.trim());
  const kind = read?.[1]?.toLowerCase();
  const value = read?.[2] ?? '';
  const word = value.toLowerCase();
  switch (kind) {
    case 'shares':
    case 'effort':
    case 'deployment':
      return { kind, value };
    case 'risk':
      return word === 'high' || word === 'medium' || word === 'low' ? { kind, value: word } : undefined;
    case 'priority':
      return word === 'p0' || word === 'p1' || word === 'p2' || word === 'p3'
        ? { kind, value: word }
        : undefined;
    default:
      return undefined;
  }
}

function label(name: string, color: string, description: string): LabelDefinition {
  return { name, color, description: cutText(description, MAX_DESCRIPTION) };
}

/** The digest ignores case, as GitHub does when it compares names; it also names what nothing visible is left of. */
function fitting(prefix: string, value: string, digest: Digest): string {
  const clean = oneLine(value);
  if (clean !== '' && prefix.length + clean.length <= MAX_NAME) return prefix + clean;
  const suffix = `~${digest((clean === '' ? value : clean).toLowerCase()).slice(0, 8)}`;
  const room = MAX_NAME - prefix.length - suffix.length;
  return prefix + (clean === '' ? '' : cutText(clean, room + 1).slice(0, -1)) + suffix;
}
