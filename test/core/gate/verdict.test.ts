import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { CHECK_AGAIN, UNDO_OVERRIDE } from '../../../src/core/gate/buttons.js';
import { overrideOf } from '../../../src/core/gate/override.js';
import {
  type Situation,
  type Surroundings,
  inWords,
  judgementOf,
  stricter,
} from '../../../src/core/gate/verdict.js';
import { parseGateId } from '../../../src/core/names/gate-id.js';
import type { GateReason } from '../../../src/core/reasons/reason.js';
import { createPhrases } from '../../../src/core/reasons/tree.js';
import { digest } from '../../support/view-builder.js';

const REPOSITORY = 'https://github.com/acme/market';
const SHA = '3f2c1ab0d0000000000000000000000000000000';

type Parts = Partial<Omit<Situation, 'around'> & Surroundings>;

function situation(parts: Parts = {}): Situation {
  const { reasons = [], sha = SHA, landing = null, override = null, ...others } = parts;
  const around = { tracker: null, repository: REPOSITORY, prefix: '/subagent', phrases: createPhrases() };
  return { reasons, sha, landing, override, around: { ...around, ...others } };
}

function verdict(parts: Parts = {}) {
  return inWords(judgementOf(situation(parts), digest));
}

const because = { by: 'octo', reason: 'reason' };
const waits: GateReason = { kind: 'waits', node: '#8', pull: 21, because: [] };
const hold: GateReason = { kind: 'hold', because };
const cycle: GateReason = { kind: 'cycle', path: ['#12', '#14', '#13', '#12'] };
const override = { comment: 5, on: 13, at: Date.UTC(2026, 0, 5, 10), by: 'grace', reason: 'reason' };

const SITUATIONS: readonly (readonly [string, Parts, string, string | null])[] = [
  ['Not part of a subagent deployment', { reasons: null }, 'completed', 'success'],
  ['Free to merge: nothing to wait for', {}, 'completed', 'success'],
  ['Waits for #8 (pull request #21)', { reasons: [waits] }, 'in_progress', null],
  [
    'Needs an update: #8 landed and shares market_scanner.py',
    { reasons: [{ kind: 'needs update', node: '#8', what: 'market_scanner.py' }] },
    'in_progress',
    null,
  ],
  [
    'Waits for #8, which is landing and shares market_scanner.py',
    { reasons: [{ kind: 'sharer landing', node: '#8', what: 'market_scanner.py' }] },
    'in_progress',
    null,
  ],
  ['On hold by octo: reason', { reasons: [hold] }, 'in_progress', null],
  ['Frozen by octo: reason', { reasons: [{ kind: 'frozen', because }] }, 'in_progress', null],
  [
    'Cannot read who approved the deployment: 500',
    { reasons: [{ kind: 'approval unread', why: '500' }] },
    'in_progress',
    null,
  ],
  [
    'Cannot wait for #8: the pull request was closed without merging',
    {
      reasons: [
        { kind: 'dependency closed', node: '#8', how: 'the pull request was closed without merging' },
      ],
    },
    'completed',
    'failure',
  ],
  [
    'Cannot read acme/lib#8: forbidden',
    { reasons: [{ kind: 'dependency unreadable', node: 'acme/lib#8', why: 'forbidden' }] },
    'completed',
    'failure',
  ],
  [
    'Cannot read all dependencies: short',
    { reasons: [{ kind: 'dependencies unread', why: 'short' }] },
    'completed',
    'failure',
  ],
  ['Dependency cycle: #12 → #14 → #13 → #12', { reasons: [cycle] }, 'completed', 'failure'],
  [
    'The configuration is invalid: line 3: unknown key',
    { reasons: [{ kind: 'config invalid', problem: 'line 3: unknown key', from: null }] },
    'completed',
    'failure',
  ],
  ['Order overridden by grace for 3f2c1ab: reason', { reasons: [waits], override }, 'completed', 'success'],
];

describe('the verdict', () => {
  test.each(SITUATIONS)('%s', (title, parts, status, conclusion) => {
    const result = verdict({ ...parts, tracker: 'https://github.com/acme/market/issues/12' });
    expect([result.title, result.status, result.conclusion]).toEqual([title, status, conclusion]);
    expect(result.summary).toMatchSnapshot();
  });

  test('counts further reasons in the title and lists all of them below', () => {
    const result = verdict({ reasons: [waits, hold] });
    expect(result.title).toBe('Waits for #8 (pull request #21) and 1 more');
    expect(result.summary).toContain('On hold by octo');
  });

  test('fails if anything has to be mended, also where something else is only waited for', () => {
    expect(verdict({ reasons: [waits, cycle] }).conclusion).toBe('failure');
  });

  test('is never success while there is a reason, and never neutral or skipped', () => {
    const reasons = SITUATIONS.flatMap(([, parts]) => parts.reasons ?? []);
    fc.assert(
      fc.property(fc.subarray(reasons, { minLength: 1 }), (some) => {
        const { status, conclusion } = verdict({ reasons: some });
        expect([status, conclusion]).not.toContain('success');
        expect(['failure', null]).toContain(conclusion);
        expect(status === 'completed').toBe(conclusion !== null);
      }),
    );
  });

  test('is short in the list of checks, however long a reason is', () => {
    const long: GateReason = { kind: 'hold', because: { by: 'octo', reason: 'x'.repeat(1_000) } };
    expect(verdict({ reasons: [long] }).title.length).toBeLessThanOrEqual(140);
  });

  test('makes what people wrote inert', () => {
    const reason = '@acme/team fixes #3 <!-- --> [a](http://b)';
    const { summary } = verdict({ reasons: [{ kind: 'hold', because: { by: 'octo', reason } }] });
    expect(summary).not.toMatch(/@acme|fixes #3|(?<!\\)<!--|(?<!\\)\]\(/);
  });
});

describe('the record of a verdict', () => {
  test('is the same for the same situation', () => {
    expect(verdict({ reasons: [waits] })).toEqual(verdict({ reasons: [{ ...waits }] }));
  });

  test('changes with what it waits for in turn, and not with what is not said', () => {
    const deeper = (because: readonly GateReason[]) => verdict({ reasons: [{ ...waits, because }] });
    const closed: GateReason = { kind: 'dependency closed', node: '#9', how: 'it was closed' };
    expect(deeper([closed]).title).toBe(deeper([]).title);
    expect(deeper([closed]).externalId).not.toBe(deeper([]).externalId);
    expect(deeper([{ kind: 'sharer landing', node: '#9', what: 'x' }])).toEqual(deeper([]));
    expect(verdict({ sha: 'f'.repeat(40) }).externalId).toBe(verdict().externalId);
  });

  test('changes with everything that is said', () => {
    const ids = SITUATIONS.map(([, parts]) => verdict(parts).externalId);
    expect(new Set(ids).size).toBe(SITUATIONS.length);
    expect(verdict({ tracker: 'https://x/1' }).externalId).not.toBe(verdict().externalId);
    expect(verdict({ reasons: [waits, hold] }).externalId).not.toBe(verdict({ reasons: [waits] }).externalId);
  });

  test('holds the landing and the override', () => {
    const landing = { base: SHA, pull: 21 };
    const id = parseGateId(verdict({ landing, override }).externalId);
    expect(id).toMatchObject({ landing, override: { comment: 5, on: 13 } });
    expect(parseGateId(verdict().externalId)).toMatchObject({ landing: null, override: null });
  });
});

describe('an override', () => {
  const published = (reason: string) => verdict({ reasons: [waits], override: { ...override, reason } });

  test('clears every reason, whatever its weight, and none of a pull request that has no part in the deployment', () => {
    const reasons = SITUATIONS.flatMap(([, parts]) => parts.reasons ?? []);
    expect(verdict({ reasons, override }).conclusion).toBe('success');
    const stranger = verdict({ reasons: null, override });
    expect([stranger.title, stranger.buttons]).toEqual(['Not part of a subagent deployment', []]);
  });

  test('is read back from the gate that it made, in its words', () => {
    expect(overrideOf(published('hotfix, agreed with ops'))).toEqual({
      ...override,
      reason: 'hotfix, agreed with ops',
    });
  });

  test('is read back such that the same gate comes of it, whatever the reason', () => {
    const reasons = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(reasons, (reason) => {
        const first = published(`x${reason}`);
        const again = overrideOf(first);
        expect(first.title.length).toBeLessThanOrEqual(140);
        expect(verdict({ reasons: [waits], override: again })).toEqual(first);
      }),
    );
  });

  test('is none without the record, and none where the title does not say whose it is', () => {
    const { title, externalId } = published('reason');
    expect(overrideOf({ title, externalId: verdict().externalId })).toBeNull();
    expect(overrideOf({ title: 'Free to merge: nothing to wait for', externalId })).toBeNull();
    expect(overrideOf({ title, externalId: 'v1 abc override:5' })).toBeNull();
    expect(overrideOf({ title, externalId: `v2 ${externalId.slice(3)}` })).toBeNull();
  });

  test('links to the comment with all that was said', () => {
    expect(published('reason').summary).toContain(`(${REPOSITORY}/issues/13#issuecomment-5)`);
  });
});

describe('the buttons', () => {
  test('stand on what is completed: to undo an override, and to look again at what has failed', () => {
    const labels = (parts: Parts) => verdict(parts).buttons.map(({ label }) => label);
    expect(labels({ override })).toEqual(['Undo override']);
    expect(labels({ reasons: [cycle] })).toEqual(['Check again']);
    expect(labels({ reasons: [waits] })).toEqual([]);
    expect(labels({})).toEqual([]);
  });

  test('keep the lengths that GitHub allows', () => {
    for (const { label, description, identifier } of [UNDO_OVERRIDE, CHECK_AGAIN]) {
      expect(label.length).toBeLessThanOrEqual(20);
      expect(description.length).toBeLessThanOrEqual(40);
      expect(identifier.length).toBeLessThanOrEqual(20);
    }
  });
});

describe('one head with two pull requests', () => {
  const [free, waiting, failing] = [verdict(), verdict({ reasons: [waits] }), verdict({ reasons: [cycle] })];

  test.each([
    ['free and waiting', free, waiting, waiting],
    ['waiting and failing', waiting, failing, failing],
    ['free and failing', free, failing, failing],
  ])('%s: the stricter, whichever comes first', (_, a, b, expected) => {
    expect(stricter(a, b)).toBe(expected);
    expect(stricter(b, a)).toBe(expected);
  });
});
