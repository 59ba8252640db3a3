import { expect, test } from '@jest/globals';
import { formatGateId, landingOf, parseGateId } from '../../../src/core/names/gate-id.js';

const id = {
  verdict: 'abc',
  landing: { base: 'f'.repeat(40), pull: 21 },
  override: { comment: 5, on: 8, at: Date.UTC(2026, 0, 5, 10) },
};

test('a gate’s record is read as it was written', () => {
  expect(parseGateId(formatGateId(id))).toEqual(id);
  const timeless = { ...id, override: { ...id.override, at: null } };
  expect(parseGateId(formatGateId(timeless))).toEqual(timeless);
  const bare = { ...id, landing: null, override: null };
  expect(parseGateId(formatGateId(bare))).toEqual(bare);
});

test('a record of another format says nothing', () => {
  for (const text of [formatGateId(id).replace('v1', 'v2'), '', 'v1', 'landing:f pull:21 override:5 on:8']) {
    expect([parseGateId(text), landingOf(text, 21)]).toEqual([null, null]);
  }
});

test('a landing is that of one pull request; one whose number is not recorded is nobody’s', () => {
  const text = formatGateId(id);
  expect([landingOf(text, 21), landingOf(text, 22)]).toEqual(['f'.repeat(40), null]);
  for (const old of [text.replace(' pull:21', ''), text.replace('pull:21', 'pull:x')]) {
    expect([parseGateId(old)?.landing, landingOf(old, 21)]).toEqual([null, null]);
  }
});

test('an override without its comment, or without the place of that, is none', () => {
  for (const text of [
    'v1 abc override:5',
    'v1 abc on:8',
    'v1 abc override:x on:8',
    'v1 abc override:5 on:-8',
  ]) {
    expect(parseGateId(text)?.override).toBeNull();
  }
});
