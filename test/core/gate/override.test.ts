import { expect, test } from '@jest/globals';
import { overrideOf, overrideTitle } from '../../../src/core/gate/override.js';
import { formatGateId } from '../../../src/core/names/gate-id.js';

const override = { by: 'grace', reason: 'hotfix', comment: 5, on: 8, at: Date.UTC(2026, 0, 5, 10) };
const title = overrideTitle(override, '3f2c1ab0d0000000000000000000000000000000');
const externalId = formatGateId({ verdict: 'abc', landing: null, override });

test('an override is read from the gate’s record and its title together, and never from one of them', () => {
  expect(overrideOf({ externalId, title })).toEqual(override);
  const timeless = { ...override, at: null };
  const old = formatGateId({ verdict: 'abc', landing: null, override: timeless });
  expect(overrideOf({ externalId: old, title })).toEqual(timeless);
  const unrecorded = formatGateId({ verdict: 'abc', landing: null, override: null });
  expect(overrideOf({ externalId: unrecorded, title })).toBeNull();
  expect(overrideOf({ externalId, title: 'Free to merge: nothing to wait for' })).toBeNull();
});
