import { expect, test } from '@jest/globals';

import type { Reason } from '../../../src/core/reasons/reason.js';
import { shown } from '../../../src/core/reasons/shown.js';
import { createPhrases } from '../../../src/core/reasons/tree.js';
import { escapeTableCell } from '../../../src/core/text/escape.js';
import { reasonText } from '../../../src/core/tracking/phrases.js';

const sha = '3f2c1ab4d5e6f708192a3b4c5d6e7f8091a2b3c4';

const SHOWN: readonly (readonly [Reason, string])[] = [
  [{ kind: 'checks not started', sha, overdue: true }, 'CI never started on `3f2c1ab`'],
  [{ kind: 'settling', sha }, 'Waits a moment for more checks on `3f2c1ab`'],
  [{ kind: 'approvals', have: 0, need: 1, from: 'anybody', lastPush: sha }, 'Approvals of `3f2c1ab`: 0 of 1'],
  [{ kind: 'failing checks', names: ['3f2c1ab'] }, 'Failing: 3f2c1a\u200bb'],
];

test.each(SHOWN)('%j shows its own commit as code, in the tracking issue and in the gate', (reason, text) => {
  expect(shown(reason, escapeTableCell)).toBe(text);
  expect(reasonText(reason, 60)).toBe(text);
  expect(createPhrases().textOf(reason)).toBe(text);
});
