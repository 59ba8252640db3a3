import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { load } from 'js-yaml';
import { type YamlValue, yamlFlow } from '../../../src/core/text/yaml-flow.js';
import { HOSTILE, hostileText } from './hostile.js';

const anyText = fc.oneof(hostileText, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

const anyValue = fc.letrec<{ value: YamlValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    anyText,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{2,6}-[a-z]{2,6}$/), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).value;

describe('values in flow style', () => {
  test('are read by js-yaml as exactly what they were', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(load(`key: ${yamlFlow(value)}\n`)).toEqual({ key: value });
      }),
      { numRuns: 500, examples: HOSTILE.map((text): [YamlValue] => [[text, { 'a-key': text }]]) },
    );
  });

  test('stand on one line, in letters and signs that a reader sees', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(yamlFlow(text)).toMatch(/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u);
        expect(yamlFlow(text)).not.toMatch(/\p{Default_Ignorable_Code_Point}/u);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['feature/issue-8', 'feature/issue-8'],
    ['main-issue-8', 'main-issue-8'],
    ['ready to start', 'ready to start'],
    ['.agents/a.md', '.agents/a.md'],
    ['.NaN', '".NaN"'],
    ['.5', '".5"'],
    ['12:30', '"12:30"'],
    ['1e3', '"1e3"'],
    ['No', '"No"'],
    ['null', '"null"'],
    ['', '""'],
    ['a, b]', '"a, b]"'],
    ['a: b', '"a: b"'],
    ['a #b', '"a #b"'],
    ['a ', '"a "'],
    ['"\\', '"\\"\\\\"'],
    ['a\nb', '"a\\u000ab"'],
    ['\u202e', '"\\u202e"'],
    ['\u{e0041}', '"\\U000e0041"'],
    ['名前', '"名前"'],
  ])('%j is written as %s', (text, written) => {
    expect(yamlFlow(text)).toBe(written);
  });

  test('numbers, lists and mappings are as YAML writes them', () => {
    expect(yamlFlow({ low: 0.5, high: 6, of: [8, 6], none: [], empty: {}, left: null, is: true })).toBe(
      '{ low: 0.5, high: 6, of: [8, 6], none: [], empty: {}, left: null, is: true }',
    );
  });
});
