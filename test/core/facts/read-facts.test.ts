import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { formatHours, parseEffort } from '../../../src/core/facts/effort.js';
import { readFacts } from '../../../src/core/facts/read-facts.js';
import { distinctReferences, parseReference } from '../../../src/core/facts/references.js';
import { parseRisk } from '../../../src/core/facts/risk.js';

const context = { repository: 'octo/engine', host: 'github.com' };

function facts(body: string, ...labels: string[]): ReturnType<typeof readFacts> {
  return readFacts({ body, labels }, context);
}

describe('effort', () => {
  test.each([
    ['5-6h', 5, 6],
    ['5–6 hours', 5, 6],
    ['8 to 10 hours', 8, 10],
    ['30min', 0.5, 0.5],
    ['30min-1h', 0.5, 1],
    ['30-90 minutes', 0.5, 1.5],
    ['2d', 16, 16],
    ['1-2 days', 8, 16],
    ['1.5 h', 1.5, 1.5],
    ['1,5 h', 1.5, 1.5],
    ['**5-6h** (with tests)', 5, 6],
  ])('%s is %d to %d hours', (text, low, high) => {
    expect(parseEffort(text)).toEqual({ ok: true, value: { low, high } });
  });

  test.each([
    ['5-6', 'expected hours'],
    ['a while', 'expected hours'],
    ['6-5h', 'expected hours'],
    ['0h', 'more than zero'],
    ['2000d', 'more than 10000'],
    ['1h 30min', 'expected hours'],
    ['-5h', 'expected hours'],
    [`5h (${'x'.repeat(100)})`, 'longer than 100'],
  ])('%s is not read, and the note says what is expected', (text, note) => {
    expect(parseEffort(text)).toEqual({ ok: false, note: expect.stringContaining(note) });
  });

  test('what is written from a range is read as the same range', () => {
    const quarter = fc.integer({ min: 1, max: 4000 }).map((quarters) => quarters / 4);
    fc.assert(
      fc.property(quarter, quarter, (one, two) => {
        const value = { low: Math.min(one, two), high: Math.max(one, two) };
        expect(parseEffort(formatHours(value))).toEqual({ ok: true, value });
      }),
    );
  });
});

describe('risk', () => {
  test.each([
    ['HIGH (financial impact)', 'high', 'financial impact'],
    ['**Medium**: reliability', 'medium', 'reliability'],
    ['🔴 High — data loss', 'high', 'data loss'],
    ['low', 'low', null],
    ['HIGH\n\nmoney\nis lost', 'high', 'money is lost'],
  ])('%j', (text, level, reason) => {
    expect(parseRisk(text)).toEqual({ ok: true, value: { level, reason, threat: null } });
  });

  test('what would go wrong stands behind the reason', () => {
    expect(parseRisk('HIGH (financial impact): Bids are paid twice')).toEqual({
      ok: true,
      value: { level: 'high', reason: 'financial impact', threat: 'Bids are paid twice' },
    });
  });

  test.each(['lower', 'very high', 'critical', ''])('%j is not read', (text) => {
    expect(parseRisk(text).ok).toBe(false);
  });
});

describe('references', () => {
  test.each([
    '#0',
    '#04',
    '#2147483648',
    '4',
    'repo#4',
    'a/b/c#4',
    '#4x',
    'https://github.com/octo/engine',
    'https://github.com.evil.example/octo/engine/issues/4',
    'ftp://github.com/octo/engine/issues/4',
  ])('%s is none', (text) => {
    expect(parseReference(text, context)).toBeNull();
  });

  test('the web pages of another host are read when that host is the own one', () => {
    const local = { repository: 'octo/engine', host: 'localhost:4010' };
    expect(parseReference('http://localhost:4010/octo/engine/issues/4', local)).toEqual({ number: 4 });
  });

  test('a reference that is named twice is given once, in the order and case of its first mention', () => {
    const refs = [
      { number: 2 },
      { number: 3 },
      { owner: 'A', repo: 'b', number: 1 },
      { number: 2 },
      { owner: 'a', repo: 'b', number: 1 },
    ];
    expect(distinctReferences(refs)).toEqual([
      { number: 2 },
      { number: 3 },
      { owner: 'A', repo: 'b', number: 1 },
    ]);
  });
});

describe('the facts of an issue', () => {
  const form =
    '### Scope\n\nRedis distributed lock\n\n### Effort\n\n5-6 hours\n\n### Risk\n\nHIGH (financial impact)\n\n### Mitigation\n\nStaging\n\n### Shares\n\nmarket_scanner.py -- lock manager first\n`executor.py`\n\n### Depends on\n\n#4\n';

  test('are read from the sections of the issue form', () => {
    expect(facts(form)).toMatchSnapshot();
  });

  test('are unknown where nobody wrote them', () => {
    const none = facts('Just some words.');
    expect([none.scope, none.effort, none.risk, none.mitigation, none.priority]).toEqual(
      Array.from({ length: 5 }, () => ({ kind: 'unknown' })),
    );
    expect(facts('### Effort\n\n_No response_\n').effort).toEqual({ kind: 'unknown' });
  });

  test('are read from lines that begin with their name', () => {
    const read = facts(
      '- **Scope**: the `lock`\n- **Effort**: 6-8 hours\n- **Risk Level**: MEDIUM (reliability)\n\nMitigation: tests',
    );
    expect(read.scope).toMatchObject({ value: 'the `lock`', source: 'line' });
    expect(read.effort).toMatchObject({ value: { low: 6, high: 8 }, source: 'line' });
    expect(read.risk).toMatchObject({ value: { level: 'medium', reason: 'reliability' }, source: 'line' });
    expect(read.mitigation).toMatchObject({ value: 'tests' });
  });

  test('are not read from code, quotes and comments', () => {
    const read = facts('> Effort: 1h\n\n`Effort: 2h`\n\n<!-- Effort: 3h -->\n\n~~Effort: 4h~~');
    expect(read.effort).toEqual({ kind: 'unknown' });
  });

  test('of a label override the section, which overrides a line', () => {
    const body = 'Effort: 1h\n\n### Effort\n\n2h';
    expect(facts(body).effort).toMatchObject({ value: { low: 2 }, source: 'section' });
    expect(facts(body, 'Effort:3h').effort).toMatchObject({
      value: { low: 3 },
      source: 'label',
      written: '3h',
    });
  });

  test('that cannot be read are kept as written, with a note', () => {
    expect(facts('### Effort\n\nsome time').effort).toEqual({
      kind: 'unreadable',
      written: 'some time',
      note: 'expected hours like `5-6h`, `30min`, `1.5 h` or `2d`',
      source: 'section',
    });
    expect(facts('', 'priority:high').priority).toMatchObject({ kind: 'unreadable', written: 'high' });
  });

  test('that two labels state differently cannot be read, in whatever order the labels come', () => {
    const one = facts('', 'priority:p1', 'priority:p0').priority;
    expect(one).toMatchObject({ kind: 'unreadable', written: 'priority:p0, priority:p1' });
    expect(facts('', 'priority:p0', 'priority:p1').priority).toEqual(one);
  });

  test('keep the reason of the risk only while the label says the same level', () => {
    expect(facts(form, 'risk:high').risk).toMatchObject({
      value: { level: 'high', reason: 'financial impact' },
    });
    expect(facts(form, 'risk:low').risk).toMatchObject({
      value: { level: 'low', reason: null, threat: null },
    });
  });

  test('shares are lines or list items, with a note behind two hyphens or a long dash', () => {
    const { lines, unreadable } = facts(
      '## Shares\n\n- a.py — first\n- A.py -- second\n- b--c d\n- -- lost\n\nShares: e.py -- by line\n',
    ).shares;
    expect(lines.map(({ name, note, line }) => [name, note, line])).toEqual([
      ['a.py', 'first', 3],
      ['b--c d', null, 5],
      ['e.py', 'by line', 8],
    ]);
    expect(unreadable).toEqual([
      { line: 6, written: '-- lost', note: 'no name before the note; write `name -- note`' },
    ]);
  });

  test('are read from whatever text without throwing', () => {
    const pieces = fc.constantFrom(
      'Depends on ',
      '#1',
      '### ',
      'Effort',
      ': ',
      '\n',
      '- ',
      '5h',
      '~~',
      '`',
      '(',
      ', ',
      'Shares',
      ' -- ',
      '**',
      '\u2e28',
      '1',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 50 }), fc.array(fc.string()), (all, labels) => {
        expect(facts(all.join(''), ...labels).shares.lines).toBeInstanceOf(Array);
      }),
    );
  });
});
