import { distinctReferences, parseReference } from '../facts/references.js';
import type { IssueRef, RefContext } from '../facts/references.js';
import type { CommandTargets } from './command.js';
import type { Argument } from './grammar.js';
import type { ArgumentShape, Place, Row } from './registry.js';

/** The arguments of a command sorted by what they are; `words` are neither an issue nor `all`. */
export interface Sorted {
  readonly refs: readonly { readonly ref: IssueRef; readonly text: string }[];
  readonly all: string | null;
  readonly words: readonly string[];
}

/** A value, or the argument that does not fit; `null` if one is missing. */
export type Taken<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly got: string | null };

/** Verbs whose references are arguments of their own, and do not say which issue is meant. */
const REFERENCES_ARE_ARGUMENTS: ReadonlySet<ArgumentShape> = new Set(['references', 'pull request']);

/** How many words may stand behind the verb. */
const WORD_COUNTS = {
  none: [0, 0],
  verb: [0, 1],
  references: [0, 0],
  'pull request': [0, 0],
  shares: [1, 20],
  name: [1, 20],
  effort: [1, 5],
  risk: [1, 1],
  priority: [1, 1],
} as const satisfies Record<ArgumentShape, readonly [least: number, most: number]>;

/** Sorts arguments. `all` is a word like any other where no verb of that row takes it. */
export function sortArguments(row: Row, args: readonly Argument[], context: RefContext): Sorted {
  const takesAll = row.targets === 'named or all' || row.targets === 'optional';
  const refs: { ref: IssueRef; text: string }[] = [];
  const words: string[] = [];
  let all: string | null = null;
  for (const { text } of args) {
    const ref = parseReference(text, context);
    if (ref !== null) refs.push({ ref, text });
    else if (takesAll && text.toLowerCase() === 'all') all = text;
    else words.push(text);
  }
  return { refs, all, words };
}

/** The words of a command, if there are neither too many nor too few. */
export function takeWords(row: Row, sorted: Sorted): Taken<readonly string[]> {
  const [least, most] = WORD_COUNTS[row.takes];
  const surplus = sorted.words[most];
  if (surplus !== undefined) return { ok: false, got: surplus };
  return sorted.words.length < least ? { ok: false, got: null } : { ok: true, value: sorted.words };
}

/**
 * The issues that a command means. On an issue or its pull request it means that one and names none; on the tracking
 * issue it names them, or says `all` where its row allows it. Only issues of this repository can be meant.
 */
export function takeTargets(row: Row, sorted: Sorted, place: Place): Taken<CommandTargets> {
  if (REFERENCES_ARE_ARGUMENTS.has(row.takes)) return { ok: true, value: 'here' };
  const [first] = sorted.refs;
  const foreign = sorted.refs.find(({ ref }) => ref.owner !== undefined);
  if (foreign !== undefined) return { ok: false, got: foreign.text };
  if (place !== 'tracking issue' || row.targets === 'none') {
    const surplus = sorted.all ?? (row.takes === 'shares' ? undefined : first?.text);
    return surplus === undefined ? { ok: true, value: 'here' } : { ok: false, got: surplus };
  }
  if (sorted.all !== null)
    return first === undefined ? { ok: true, value: 'all' } : { ok: false, got: first.text };
  if (first !== undefined) return { ok: true, value: distinctReferences(sorted.refs.map(({ ref }) => ref)) };
  return row.targets === 'optional' ? { ok: true, value: 'all' } : { ok: false, got: null };
}
