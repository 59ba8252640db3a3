import { describe, expect, test } from '@jest/globals';
import { readDependencies } from '../../../src/core/facts/dependencies.js';
import { formatReference } from '../../../src/core/facts/references.js';
import { readMarkdown } from '../../../src/core/markdown/blocks.js';

const context = { repository: 'octo/engine', host: 'github.com' };

function read(body: string): { refs: string[]; unreadable: number[] } {
  const { lines, unreadable } = readDependencies(readMarkdown(body), context);
  return {
    refs: lines.map((line) => formatReference(line.ref)),
    unreadable: unreadable.map((line) => line.line),
  };
}

describe('lines that state dependencies', () => {
  test.each([
    ['Depends on #1', ['#1']],
    ['depends on: #1.', ['#1']],
    ['**Depends on:** #1', ['#1']],
    ['**Depends on**: #1', ['#1']],
    ['__Depends on__ #1', ['#1']],
    ['*Depends on #1*', ['#1']],
    ['Depends-On: #1', ['#1']],
    ['Blocked by: #1, #2 and #3', ['#1', '#2', '#3']],
    ['Blocked by #1 & #2; #3', ['#1', '#2', '#3']],
    ['Depends on other/repo#4', ['other/repo#4']],
    ['Depends on Octo/Engine#4', ['#4']],
    ['Depends on https://github.com/octo/engine/issues/4', ['#4']],
    ['Depends on <https://github.com/other/repo/pull/4#issuecomment-1>', ['other/repo#4']],
    ['Depends on issue #4 and PR #5', ['#4', '#5']],
    ['Depends on #4 (lock manager, see #9), #5', ['#4', '#5']],
    ['Depends on #4 because of the lock', ['#4']],
    ['Depends on [#4](https://github.com/octo/engine/issues/4)', ['#4']],
    ['Depends on ~~#4~~ #5', ['#5']],
    ['Depends on <!-- #4 --> #5', ['#5']],
    ['Some words\nDepends on #4\nmore words', ['#4']],
    ['- Depends on #4\n- [ ] Blocked by #5\n  - Depends on #6', ['#4', '#5', '#6']],
    ['### Depends on #4', ['#4']],
    ['Depends on #4\n\nBlocked by #4', ['#4']],
    ['<details>\n\nDepends on #4\n\n</details>', ['#4']],
  ])('%j', (body, refs) => {
    expect(read(body)).toEqual({ refs, unreadable: [] });
  });

  test.each([
    ['`Depends on #1`'],
    ['Depends on `#1`'],
    ['    Depends on #1'],
    ['```\nDepends on #1\n```'],
    ['> Depends on #1'],
    ['> quote\nDepends on #1'],
    ['<!-- Depends on #1 -->'],
    ['<!--\nDepends on #1\n-->'],
    ['text <!--\nDepends on #1 -->'],
    ['~~Depends on #1~~'],
    ['~~old\nDepends on #1~~'],
    ['No longer depends on #1'],
    ['This depends on #1'],
    ['[Depends on #1](x)'],
    ['Dependson #1'],
    ['Depends only on #1'],
    ['Depends on: none'],
    ['Depends on:'],
    ['Depends on ~~#1~~'],
    ['### Depends on the weather'],
    ['| Depends on #1 |\n|---|'],
  ])('%j states none and is not reported', (body) => {
    expect(read(body)).toEqual({ refs: [], unreadable: [] });
  });

  test.each([
    ['Depends on the lock manager'],
    ['Depends on #0'],
    ['Depends on #12345678901'],
    ['Depends on #4 or #5'],
    ['Depends on #4, but not #5'],
    ['Depends on how #4 goes'],
    ['Depends on https://example.com/octo/engine/issues/4'],
    ['Blocked by: GH-4'],
    ['Blocked by #４'],
  ])('%j cannot be read: it blocks nothing and is reported', (body) => {
    expect(read(body)).toEqual({ refs: [], unreadable: [1] });
  });

  test('a line that cannot be read does not take the others with it', () => {
    expect(read('Depends on #1\nBlocked by Bob\nBlocked by #2')).toEqual({
      refs: ['#1', '#2'],
      unreadable: [2],
    });
  });
});

describe('sections that state dependencies', () => {
  test('a paragraph or a list below the heading is read like a line', () => {
    const body =
      '### Depends on\n\n#1, #2 and\nother/repo#3\n\n- #4 (why)\n- https://github.com/octo/engine/pull/5\n\n### Shares\n\n#6';
    expect(read(body).refs).toEqual(['#1', '#2', 'other/repo#3', '#4', '#5']);
    expect(read(body).unreadable).toEqual([]);
  });

  test('the heading may be emphasised, end with a colon, or say "Blocked by"', () => {
    expect(read('## **Blocked by:**\n\n- [ ] #1\n- Depends on #2').refs).toEqual(['#1', '#2']);
  });

  test('a list after a line with nothing but the words is read too, down to its end', () => {
    expect(read('Depends on:\n\n- #1\n  - #2\n\ntext\n\n- #3').refs).toEqual(['#1', '#2']);
    expect(read('- **Blocked by**:\n  - #1\n- #2').refs).toEqual(['#1']);
  });

  test('quotes, code and comments in the section are not read; words without an issue are reported', () => {
    const body = '### Depends on\n\n> #1\n\n`#2`\n\n<!-- #3 -->\n\nthe lock manager';
    expect(read(body)).toEqual({ refs: [], unreadable: [9] });
  });

  test('a field of the form without an answer states none', () => {
    expect(read('### Depends on\n\n_No response_\n')).toEqual({ refs: [], unreadable: [] });
  });

  test('each dependency tells where it was read', () => {
    const { lines } = readDependencies(readMarkdown('Depends on #1\n\n## Depends on\n\n- #2'), context);
    expect(lines).toEqual([
      { ref: { number: 1 }, line: 1, written: 'Depends on #1', source: 'line' },
      { ref: { number: 2 }, line: 5, written: '#2', source: 'section' },
    ]);
  });
});
