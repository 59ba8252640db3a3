import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { configVerdict } from '../../../src/core/gate/config-verdict.js';
import { inWords } from '../../../src/core/gate/verdict.js';
import type { HeadConfig } from '../../../src/core/model/index.js';
import { judgeHead } from '../../../src/core/settings/judge-head.js';
import { digest } from '../../support/view-builder.js';
import { hostileText } from '../text/hostile.js';

const verdict = (config: HeadConfig) => inWords(configVerdict(config, digest));
const ofText = (text: string) => verdict(judgeHead({ text }));

test('a valid file is a success with one sentence', () => {
  expect(ofText('base: main\n')).toMatchObject({
    status: 'completed',
    conclusion: 'success',
    title: '.github/subagents.yml is valid',
    summary: 'It holds as soon as it is on the default branch.',
    buttons: [],
  });
});

test('a wrong file is a failure with each problem on its line, and says that it blocks nothing', () => {
  const { conclusion, title, summary, annotations } = ofText('base: 5\nrunner:\n  max-running: 0\n');
  expect([conclusion, title]).toEqual(['failure', '.github/subagents.yml is not valid: 2 problems']);
  expect(annotations).toEqual([
    {
      path: '.github/subagents.yml',
      line: 1,
      title: 'base',
      message: 'expected text; got `5`: put it in quotes',
    },
    {
      path: '.github/subagents.yml',
      line: 3,
      title: 'runner.max-running',
      message: 'expected at least 1; got `0`',
    },
  ]);
  expect(summary.split('\n')).toEqual([
    '- line 1, `base`: expected text; got `5`: put it in quotes',
    '- line 3, `runner.max-running`: expected at least 1; got `0`',
    '',
    expect.stringMatching(/^This check keeps nothing from merging\. .*the last valid version stays in force/),
  ]);
});

test.each([
  ['removed', null, 'success'],
  ['a folder', {}, 'success'],
  ['not text', { text: null }, 'failure'],
  ['too large', { text: 'base: main\n', isTruncated: true }, 'failure'],
  ['text that is no YAML', { text: 'base: [' }, 'failure'],
] as const)('a file that is %s', (_, file, expected) => {
  const { annotations = [], conclusion } = verdict(judgeHead(file));
  expect(conclusion).toBe(expected);
  expect(annotations.map(({ line }) => line)).toEqual(expected === 'failure' ? [1] : []);
});

test('never more annotations than GitHub takes in a request, whatever is in the file', () => {
  const { annotations = [], summary } = ofText(
    Array.from({ length: 300 }, (_, index) => `key${index}: 1\n`).join(''),
  );
  expect(annotations).toHaveLength(50);
  expect(summary.length).toBeLessThan(65_535);
});

test('another problem makes another record, the same one the same', () => {
  expect(ofText('base: 5').externalId).toBe(ofText('base: 5').externalId);
  expect(ofText('base: 5').externalId).not.toBe(ofText('base: 6').externalId);
  expect(ofText('base: 5').externalId).not.toBe(ofText('\nbase: 5').externalId);
});

test('whatever strangers write into the file, what is said of it is within the limits of GitHub, on lines', () => {
  const file = fc.oneof(
    hostileText,
    hostileText.map((text) => `${JSON.stringify(text)}: ${JSON.stringify(text)}\n`),
    hostileText.map((text) => `notes: [${JSON.stringify(text)}]\nmerge: { ${JSON.stringify(text)}: 1 }\n`),
  );
  fc.assert(
    fc.property(file, (text) => {
      const { title, summary, annotations = [] } = ofText(text);
      expect([title, summary].join('').length).toBeLessThan(65_535);
      for (const annotation of annotations) {
        expect(annotation.line).toBeGreaterThanOrEqual(1);
        expect(annotation.title).toMatch(/^[^\n]{1,100}$/u);
        expect(annotation.message).toMatch(/^[^\n]{1,1000}$/u);
      }
    }),
    { numRuns: 300 },
  );
});
