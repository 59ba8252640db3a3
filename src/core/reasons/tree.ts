import { escapeMarkdown } from '../text/escape.js';
import type { Reason } from './reason.js';
import { shown } from './shown.js';
import { waitsText } from './waits-words.js';
import { wayOut } from './words.js';

/** How deep a chain of issues that wait for one another is shown, and how many lines all of it may take. */
const MAX_LEVELS = 4;
const MAX_LINES = 40;

const TOO_LONG = '- There is more further down; the tracking issue shows the whole merge order.';

/** What is shown of one reason, before it is put into words. */
export interface TreeLine {
  readonly reason: Reason;
  /** How many lines it hangs below. */
  readonly level: number;
  /** What follows: what that one waits for in turn, or what unblocks it, or that it was shown already, or that there is more below. */
  readonly end: 'below' | 'ways out' | 'see above' | 'too deep';
}

/**
 * Reasons with what each waits for in turn, down to those that somebody can change. What was shown already is named only,
 * and a tree is cut where it would take too many lines.
 */
export function treeOf(reasons: readonly Reason[]): readonly TreeLine[] {
  const shown = new Set<string>();
  const tree: TreeLine[] = [];
  let lines = 0;
  for (const reason of reasons) grow(reason, 0);
  return tree;

  function grow(reason: Reason, level: number): void {
    // More lines than are shown, so that the words know that there are more.
    if (lines > MAX_LINES) return;
    const isShown = reason.kind === 'waits' && shown.has(reason.node);
    if (reason.kind === 'waits') shown.add(reason.node);
    const because = reason.kind === 'waits' ? reason.because : NOTHING;
    const end = isShown ? 'see above' : endOf(because, level);
    tree.push({ reason, level, end });
    lines += end === 'below' || end === 'see above' ? 1 : 2;
    if (end === 'below') for (const each of because) if (isItsOwn(each)) grow(each, level + 1);
  }
}

const NOTHING: readonly Reason[] = [];

function endOf(because: readonly Reason[], level: number): TreeLine['end'] {
  if (!because.some(isItsOwn)) return 'ways out';
  const isDeep = level + 1 === MAX_LEVELS && because.some(({ kind }) => kind === 'waits');
  return isDeep ? 'too deep' : 'below';
}

/** Not what keeps back the whole deployment and is said at the top, nor what is over in a moment. */
function isItsOwn({ kind }: Reason): boolean {
  return kind !== 'frozen' && kind !== 'config invalid' && kind !== 'sharer landing';
}

/**
 * A tree as a list in Markdown. `prefix` is that of the slash commands; `waysOf` says what unblocks a reason that waits
 * for no other.
 */
export function treeLines(
  tree: readonly TreeLine[],
  prefix: string,
  { textOf }: Pick<Phrases, 'textOf'>,
  waysOf: (reason: Reason) => readonly string[] = (reason) => wayOut(reason, prefix),
): readonly string[] {
  const lines = tree.flatMap(({ reason, level, end }) => {
    const indent = '  '.repeat(level);
    const text = textOf(reason);
    const line = `${indent}- ${level === 0 ? `**${text}**` : text}`;
    switch (end) {
      case 'below':
        return [line];
      case 'ways out':
        return [line, ...waysOf(reason).map((way) => `${indent}  - ${way}`)];
      case 'see above':
        return [`${line}: see above`];
      case 'too deep':
        return [line, `${indent}  - It waits for others in turn.`];
    }
  });
  return lines.length <= MAX_LINES ? lines : [...lines.slice(0, MAX_LINES - 1), TOO_LONG];
}

/** Equal for trees that are equal in words, and far cheaper than these. */
export function treeKey(tree: readonly TreeLine[], { keyOf }: Pick<Phrases, 'keyOf'>): string {
  return tree.map(({ reason, level, end }) => `${level} ${end} ${keyOf(reason)}`).join('\n');
}

/** What is said of each reason, worked out once, however many trees it is a part of. */
export interface Phrases {
  /** One sentence of Markdown; why something is waited for stands on the lines below it. */
  readonly textOf: (reason: Reason) => string;
  /** All that its sentences are made of. */
  readonly keyOf: (reason: Reason) => string;
}

export function createPhrases(): Phrases {
  return {
    textOf: remembered((reason) =>
      reason.kind === 'waits' ? escapeMarkdown(waitsText(reason)) : shown(reason, escapeMarkdown),
    ),
    keyOf: remembered((reason) =>
      reason.kind === 'waits' ? `${reason.node} ${reason.pull}` : JSON.stringify(reason),
    ),
  };
}

function remembered(work: (reason: Reason) => string): (reason: Reason) => string {
  const known = new Map<Reason, string>();
  return (reason) => {
    const before = known.get(reason);
    if (before !== undefined) return before;
    const result = work(reason);
    known.set(reason, result);
    return result;
  };
}
