/** Where a fact was read: a label of the issue, a section of its body, or a line like `Effort: 5-6h`. */
export type FactSource = 'label' | 'section' | 'line';

/**
 * A fact of an issue. `unreadable` keeps what people wrote, to be shown with the note that says what was expected;
 * `unknown` means that nobody wrote anything.
 */
export type Fact<T> =
  | { readonly kind: 'known'; readonly value: T; readonly written: string; readonly source: FactSource }
  | {
      readonly kind: 'unreadable';
      readonly written: string;
      readonly note: string;
      readonly source: FactSource;
    }
  | { readonly kind: 'unknown' };

/** A piece of text that stands for a fact, as written. */
export interface Written {
  readonly text: string;
  readonly source: FactSource;
}

/** What a parser of values returns: the value, or a note that says what was expected. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly note: string };

/** The fact that a written text states. */
export function factOf<T>(written: Written | null, parse: (text: string) => Parsed<T>): Fact<T> {
  if (written === null) return { kind: 'unknown' };
  const parsed = parse(written.text);
  if (parsed.ok) return { kind: 'known', value: parsed.value, written: written.text, source: written.source };
  return { kind: 'unreadable', written: written.text, note: parsed.note, source: written.source };
}

const NOTHING = /^(?:[-–—]|none|nothing|n\/a|no|_?no response_?)?[.!]?$/i;

/** Whether a trimmed text says that there is nothing to say: empty, `none`, `n/a`, a dash, a form's "No response". */
export function saysNothing(text: string): boolean {
  return NOTHING.test(text);
}
