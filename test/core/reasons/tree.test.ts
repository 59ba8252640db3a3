import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import type { GateReason, Waits } from '../../../src/core/reasons/reason.js';
import { createPhrases, treeKey, treeLines, treeOf } from '../../../src/core/reasons/tree.js';

function waits(node: number, ...because: readonly GateReason[]): Waits {
  return { kind: 'waits', node: `#${node}`, pull: node + 10, because };
}

const hold: GateReason = { kind: 'hold', because: { by: 'octo', reason: 'legal looks at it' } };
const frozen: GateReason = { kind: 'frozen', because: { by: null, reason: null } };
/** The lines, without what is invisible in them. */
const linesOf = (...reasons: readonly GateReason[]) =>
  treeLines(treeOf(reasons), '/subagent', createPhrases()).map((line) => line.replaceAll('\u200b', ''));

describe('the tree of reasons', () => {
  test('shows under what it waits for what that one waits for, down to who can change it', () => {
    expect(linesOf(waits(6, waits(4, hold)))).toEqual([
      '- **Waits for #6 (pull request #16)**',
      '  - Waits for #4 (pull request #14)',
      '    - On hold by octo: legal looks at it',
      '      - A person with write comments `/subagent unhold` or removes the label.',
    ]);
  });

  test('says at the end of a chain how to merge that one', () => {
    const [first, second] = linesOf(waits(6));
    expect(first).toBe('- **Waits for #6 (pull request #16)**');
    expect(second).toMatch(/^ {2}- .*pull request #16 of #6/);
  });

  test('names what two wait for twice and explains it once', () => {
    const four = waits(4);
    const lines = linesOf(waits(6, four), waits(7, four));
    expect(lines.filter((line) => line.includes('Waits for #4'))).toEqual([
      '  - Waits for #4 (pull request #14)',
      '  - Waits for #4 (pull request #14): see above',
    ]);
  });

  test('does not repeat below what keeps back everything', () => {
    expect(linesOf(frozen, waits(6, frozen, waits(4))).filter((line) => line.includes('Frozen'))).toEqual([
      '- **Frozen**',
    ]);
  });

  test('is cut after a few levels, with a sentence', () => {
    const lines = linesOf(waits(1, waits(2, waits(3, waits(4, waits(5))))));
    expect(lines.slice(-2)).toEqual([
      '      - Waits for #4 (pull request #14)',
      '        - It waits for others in turn.',
    ]);
  });

  test('is cut after some lines, with a sentence', () => {
    const lines = linesOf(...Array.from({ length: 60 }, (_, index) => waits(index + 1)));
    expect(lines).toHaveLength(40);
    expect(lines.at(-1)).toMatch(/^- There is more/);
  });

  const aReason = fc.letrec<{ reason: GateReason }>((tie) => ({
    reason: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(hold, frozen),
      fc
        .record({ node: fc.integer({ min: 1, max: 4 }), because: fc.array(tie('reason'), { maxLength: 3 }) })
        .map(({ node, because }) => waits(node, ...because)),
    ),
  })).reason;

  test('has equal keys for equal words, and other keys for other words', () => {
    fc.assert(
      fc.property(fc.array(aReason, { maxLength: 4 }), fc.array(aReason, { maxLength: 4 }), (one, other) => {
        const [a, b] = [one, other].map((reasons) => {
          const tree = treeOf(reasons);
          const phrases = createPhrases();
          const words = treeLines(tree, '/subagent', phrases).join('\n');
          return { key: treeKey(tree, phrases), words };
        });
        // Beyond the last line that is shown a key may tell more than the words.
        if (a?.words.includes('There is more') || b?.words.includes('There is more')) return true;
        return (a?.key === b?.key) === (a?.words === b?.words);
      }),
      { numRuns: 1_000 },
    );
  });

  test('has another key where a chain goes on below what is shown', () => {
    const key = (last: Waits) => treeKey(treeOf([waits(1, waits(2, waits(3, last)))]), createPhrases());
    expect(key(waits(4))).toBe(key(waits(4, frozen)));
    expect(key(waits(4))).not.toBe(key(waits(4, waits(5))));
  });
});
