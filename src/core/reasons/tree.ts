import { escapeMarkdown } from '../text/escape.js';
import type { GateReason } from './reason.js';
import { say, wayOut } from './words.js';

/** How deep a chain of issues that wait for one another is shown, and how many lines all of it may take. */
const MAX_LEVELS = 4;
const MAX_LINES = 40;

const TOO_LONG = '- There is more further down; the tracking issue shows the whole merge order.';

/** A reason in one sentence of Markdown. */
export type TextOf = (reason: GateReason) => string;

/** Says each reason once, however many trees it is a part of: to escape words costs more than all else of a gate. */
export function createTextOf(): TextOf {
  const known = new Map<GateReason, string>();
  return (reason) => {
    const before = known.get(reason);
    if (before !== undefined) return before;
    const text = escapeMarkdown(say(reason));
    known.set(reason, text);
    return text;
  };
}

/**
 * Reasons as a list: under each what it waits for in turn, and at the end of each chain what unblocks it and who can do
 * that. `prefix` is that of the slash commands. What was shown already is named only, and a tree that is too large is cut with a sentence.
 */
export function reasonTree(
  reasons: readonly GateReason[],
  prefix: string,
  textOf: TextOf,
): readonly string[] {
  const shown = new Set<string>();
  const lines: string[] = [];
  for (const reason of reasons) branch(reason, 0);
  return lines.length <= MAX_LINES ? lines : [...lines.slice(0, MAX_LINES - 1), TOO_LONG];

  function branch(reason: GateReason, level: number): void {
    // The words of what is cut would cost far more than those of what is shown.
    if (lines.length > MAX_LINES) return;
    const indent = '  '.repeat(level);
    const text = textOf(reason);
    const line = `${indent}- ${level === 0 ? `**${text}**` : text}`;
    const inTurn = reason.kind === 'waits' ? reason.because.filter(isItsOwn) : [];
    if (reason.kind === 'waits' && shown.has(reason.node)) lines.push(`${line}: see above`);
    else {
      if (reason.kind === 'waits') shown.add(reason.node);
      lines.push(line);
      if (inTurn.length === 0) lines.push(...wayOut(reason, prefix).map((way) => `${indent}  - ${way}`));
      else if (level + 1 === MAX_LEVELS) lines.push(`${indent}  - It waits for others in turn.`);
      else for (const each of inTurn) branch(each, level + 1);
    }
  }
}

/** Not what keeps back the whole deployment and is said at the top, nor what is over in a moment. */
function isItsOwn({ kind }: GateReason): boolean {
  return kind !== 'frozen' && kind !== 'config invalid' && kind !== 'sharer landing';
}
