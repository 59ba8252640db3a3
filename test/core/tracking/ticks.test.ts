import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { hasBoxes, ticksAfter, ticksOf, withTicks } from '../../../src/core/tracking/ticks.js';

const BODY = [
  '## Checklist before execution',
  '',
  '- ✅ Branches created for all issues',
  '- [ ] Announced',
  '- [ ] Rehearsed',
  '',
  '## Success criteria',
  '',
  '- [ ] Announced',
].join('\n');

const FIRST = '## Checklist before execution\nAnnounced';
const SECOND = '## Checklist before execution\nRehearsed';
const LAST = '## Success criteria\nAnnounced';
const ALL = [FIRST, SECOND, LAST];

const ticked = (...boxes: string[]) => withTicks(BODY, new Set(boxes));

describe('a box', () => {
  test('is known by its heading and its words', () => {
    expect([...ticksOf(BODY.replace('- [ ] Rehearsed', '- [x] Rehearsed'))]).toEqual([SECOND]);
    expect([...ticksOf(ticked(LAST))]).toEqual([LAST]);
  });

  test('is ticked as GitHub does it and as people type it, with any line ends', () => {
    expect([...ticksOf(BODY.replace('[ ] Announced', '[X] Announced').replaceAll('\n', '\r\n'))]).toEqual([
      FIRST,
    ]);
  });

  test('that is there no more takes its tick with it', () => {
    expect(withTicks('## Success criteria\n\n- [ ] Measured', new Set(ALL))).toBe(
      '## Success criteria\n\n- [ ] Measured',
    );
  });

  test('is no line that only looks like one', () => {
    const text = ['- [#5](../issues/5) waits', '- [y] No', '  - [x] Deeper', '- ✅ Done'].join('\n');
    expect(hasBoxes(text)).toBe(false);
    expect(withTicks(text, new Set(ALL))).toBe(text);
  });
});

describe('people who tick while the app writes', () => {
  const fresh = `${BODY}\n\nnews`;
  const after = (...versions: string[]) => [...ticksAfter(versions, (each) => each.endsWith('news'))].sort();

  test('lose nothing to a write that did not know of it', () => {
    expect(after(BODY, ticked(FIRST), fresh)).toEqual([FIRST]);
  });

  test('lose nothing where another ticked after that write', () => {
    expect(after(BODY, ticked(FIRST), fresh, ticked(LAST))).toEqual([FIRST, LAST]);
  });

  test('can take a tick away', () => {
    expect(after(ticked(FIRST, SECOND), ticked(SECOND), withTicks(fresh, new Set([FIRST])))).toEqual([
      SECOND,
    ]);
  });

  test('have ticked what they have, wherever the app’s writes fall between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...ALL), fc.constant(null)), { maxLength: 12 }),
        (deeds) => {
          const wanted = new Set<string>();
          const versions = [BODY];
          for (const box of deeds) {
            const shown = new Set(ticksOf(versions.at(-1) ?? ''));
            if (box === null) {
              // The app writes what it has read a while ago: nothing is ticked in it.
              versions.push(fresh);
              continue;
            }
            const add = !shown.delete(box);
            if (add) shown.add(box);
            if (add) wanted.add(box);
            else wanted.delete(box);
            versions.push(withTicks(BODY, shown));
          }
          expect(after(...versions)).toEqual([...wanted].sort());
        },
      ),
      { numRuns: 1000 },
    );
  });
});
