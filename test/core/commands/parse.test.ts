import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseComment } from '../../../src/core/commands/parse.js';
import type { CommandContext } from '../../../src/core/commands/parse.js';
import { VERBS } from '../../../src/core/commands/registry.js';
import { CASES } from './cases.js';

const CONTEXT: CommandContext = {
  prefix: '/subagent',
  bare: true,
  place: 'issue',
  repository: 'octo/engine',
  host: 'github.com',
  knownHere: true,
};

describe('the commands of a comment', () => {
  test.each(CASES)('$why: $body', ({ body, at, commands = [], problems = [] }) => {
    const parsed = parseComment(body, { ...CONTEXT, ...at });
    expect({ commands: parsed.commands, problems: parsed.problems }).toMatchObject({ commands, problems });
  });

  test('no two cases are the same comment but for its verb', () => {
    const verbs = new RegExp(`\\b(?:${VERBS.map((row) => row.verb).join('|')})\\b`, 'gi');
    const keys = CASES.map(({ body, at }) => JSON.stringify([body.replace(verbs, 'verb'), at]));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test('every example of the registry is understood once its verb is available', () => {
    for (const row of VERBS) {
      const place = row.places.includes('issue') ? 'issue' : 'tracking issue';
      const parsed = parseComment(`/subagent ${row.example}`, { ...CONTEXT, place });
      const verbs = [...parsed.commands, ...parsed.problems].map((found) =>
        'verb' in found ? found.verb : null,
      );
      expect(verbs).toEqual([row.verb]);
      expect(parsed.problems.map((problem) => problem.kind)).toEqual(row.available ? [] : ['not-available']);
    }
  });
});

const anyComment = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        '/deploy',
        '/subagent ',
        '/hold',
        ' -- ',
        '\n',
        '\n\n',
        '> ',
        '- ',
        '`',
        '```\n',
        '<!--',
        '-->',
        '[',
        '](',
        ')',
        '#4',
        'a="',
        '"',
        '    ',
        '\t',
        '\r\n',
        '\u00a0',
        '~~',
        '<div>',
        '|',
        '---',
        'all',
      ),
      { maxLength: 60 },
    )
    .map((pieces) => pieces.join('')),
);

describe('whatever people write', () => {
  test('nothing throws, and at most ten commands come out', () => {
    fc.assert(
      fc.property(anyComment, (body) => {
        expect(parseComment(body, CONTEXT).commands.length).toBeLessThanOrEqual(10);
      }),
      { numRuns: 1000 },
    );
  });

  test('every command found is the beginning of its line', () => {
    fc.assert(
      fc.property(anyComment, (body) => {
        const lines = body.split(/\r\n?|\n/);
        for (const command of parseComment(body, CONTEXT).commands) {
          expect(lines[command.line - 1]).toMatch(/^ {0,3}\/(?:subagent[ \t\u00a0]+)?(?:deploy|hold)/i);
        }
      }),
      { numRuns: 1000 },
    );
  });

  /** A text that cannot end what stands around it. */
  const inner = fc
    .array(fc.constantFrom('/deploy', '/subagent hold', '/nothing', 'words', '/hold -- x'), {
      minLength: 1,
      maxLength: 6,
    })
    .map((lines) => lines.join('\n'));
  const indented = (text: string, by: string): string => text.replaceAll('\n', `\n${by}`);

  test.each([
    ['fenced code', (text: string) => `\`\`\`\n${text}\n\`\`\``],
    ['indented code', (text: string) => `    ${indented(text, '    ')}`],
    ['a code span', (text: string) => `x \`\n${text}\n\` y`],
    ['a quote', (text: string) => `> ${indented(text, '> ')}`],
    ['a quote and its lazy lines', (text: string) => `> x\n${text}`],
    ['a block of HTML comment', (text: string) => `<!--\n${text}\n-->`],
    ['an HTML comment in a paragraph', (text: string) => `x <!--\n${text}\n--> y`],
    ['a list item', (text: string) => `- ${indented(text, '  ')}`],
    ['a list item and its lazy lines', (text: string) => `1. x\n${text}`],
    ['a link', (text: string) => `[x\n${text}](y)`],
    ['details', (text: string) => `<details>\n\n${text}\n\n</details>`],
  ])('nothing is ever a command inside %s', (_, wrap) => {
    fc.assert(
      fc.property(inner, inner, (hidden, other) => {
        const body = wrap(hidden);
        expect(parseComment(body, CONTEXT)).toEqual({ commands: [], problems: [] });
        const alone = parseComment(other, CONTEXT).commands.length;
        expect(parseComment(`${other}\n\n${body}`, CONTEXT).commands).toHaveLength(alone);
      }),
    );
  });
});
