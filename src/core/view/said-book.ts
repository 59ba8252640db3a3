import { type OwnComment, type Readable, type Said, read, unreadable } from '../model/index.js';

/** Answers what the app itself has said, and remembers where that has to be looked up. */
export interface SaidBook {
  /** Whether something was said on an issue or pull request for this cause. */
  has(number: number, cause: string): Readable<boolean>;
  /** Whether it is known without a question that it was. */
  isKnown(number: number, cause: string): boolean;
  /** All that was said there. */
  on(number: number): Readable<readonly OwnComment[]>;
  /** Numbers to look through before the plan can be complete, in order of first need. */
  missing(): readonly number[];
}

/** A book over what this decision knows of the app's own comments. */
export function createSaidBook({ known, asked }: Said): SaidBook {
  const missing = new Set<number>();

  function on(number: number): Readable<readonly OwnComment[]> {
    const found = asked[number];
    if (found !== undefined) return found;
    missing.add(number);
    return unreadable('GitHub was not asked yet');
  }

  function isKnown(number: number, cause: string): boolean {
    return known[number]?.includes(cause) === true;
  }

  return {
    isKnown,
    has(number, cause) {
      if (isKnown(number, cause)) return read(true);
      const found = on(number);
      return found.kind === 'read' ? read(found.value.some((each) => each.cause === cause)) : found;
    },
    on,
    missing: () => [...missing],
  };
}
