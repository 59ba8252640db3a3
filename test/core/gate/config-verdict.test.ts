import { expect, test } from '@jest/globals';
import { configVerdict } from '../../../src/core/gate/config-verdict.js';
import { inWords } from '../../../src/core/gate/verdict.js';
import type { HeadConfig } from '../../../src/core/model/index.js';
import { digest } from '../../support/view-builder.js';

const verdict = (config: HeadConfig) => inWords(configVerdict(config, digest));
const ofText = (text: string) => verdict({ kind: 'text', text });

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

test.each<[string, HeadConfig, string]>([
  ['removed', { kind: 'absent' }, 'success'],
  ['not text', { kind: 'not text' }, 'failure'],
  ['too large', { kind: 'too large' }, 'failure'],
  ['text that is no YAML', { kind: 'text', text: 'base: [' }, 'failure'],
])('a file that is %s', (_, config, conclusion) => {
  const { annotations = [], ...said } = verdict(config);
  expect(said.conclusion).toBe(conclusion);
  expect(annotations.map(({ line }) => line)).toEqual(conclusion === 'failure' ? [1] : []);
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
