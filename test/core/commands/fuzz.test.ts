/** Comments at random. A failure prints the seed and the path with which it comes back. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseComment } from '../../../src/core/commands/parse.js';
import type { CommandContext, ParsedComment } from '../../../src/core/commands/parse.js';
import { VERBS } from '../../../src/core/commands/registry.js';
import { HOSTILE } from '../text/hostile.js';

const CONTEXT: CommandContext = {
  prefix: '/subagent',
  bare: true,
  place: 'issue',
  repository: 'octo/engine',
  host: 'github.com',
  knownHere: true,
};
const RUNS = { numRuns: 1_000 };

// prettier-ignore
const MARKDOWN = [
  '> ', '>', '- ', '* ', '1. ', '- [ ] ', '# ', '===', '---', '***', '|', '|-|', '[^1]:', '[a]: ',
  '`', '``', '```', '~~~', '```\n', '~~', '*', '**', '_', '[', '](', ')', '![', '&#47;', '\\/',
  '<!--', '-->', '<div>', '</div>', '<details>', '</details>', '<a b="', '">', '<?', '<![CDATA[', '<s>',
] as const;

const token = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...VERBS.map((row) => `/${row.verb}`)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('/subagent ', '/SubAgent\u00a0', '/subagent deplyo', '/lgtm', '//'),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom('\n', '\n\n', '\r\n', '\r', ' ', '   ', '    ', '\t', 'words', '\\'),
  },
  {
    weight: 8,
    arbitrary: fc.constantFrom(...MARKDOWN),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ' #4',
      ' o/r#5',
      ' all',
      ' -- ',
      ' — ',
      ' a="',
      '"',
      ' a=1',
      ' p0',
      ' 5-6h',
      ' `x`',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '\u00a0',
      '\u200b',
      '\u200f',
      '\u202e',
      '\ufeff',
      '\u2028',
      '\f',
      '\0',
      '／',
      '\ud83d',
      '😀',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);
const soup = fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join(''));

function parse(text: string): ParsedComment {
  return parseComment(text, CONTEXT);
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n?|\n/);
}

/** Everything of a comment, under the same sign. */
function eachLine(text: string, sign: string): string {
  return linesOf(text)
    .map((line) => `${sign}${line}`)
    .join('\n');
}

/** Longer than any run of backticks in the text. */
function fenceAround(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(longest + 1);
}

describe('whatever people write', () => {
  test('nothing throws, and what is found is the beginning of its line', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const { commands, problems } = parse(text);
        expect(commands.length).toBeLessThanOrEqual(10);
        const lines = linesOf(text);
        for (const { line, verb } of commands) {
          const words =
            lines[line - 1]
              ?.toLowerCase()
              .trim()
              .split(/[ \t\u00a0]+/) ?? [];
          expect([words[0], words[0] === '/subagent' ? `/${words[1]}` : words[0]]).toContain(`/${verb}`);
        }
        for (const { line } of [...commands, ...problems]) expect(lines[line - 1]).toMatch(/^ {0,3}\/[a-z]/i);
      }),
      RUNS,
    );
  });

  test('the same is found again, whatever the line ends are and whatever stood around it', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const found = parse(text);
        expect(parse(text)).toEqual(found);
        expect(parse(linesOf(text).join('\r\n'))).toEqual(found);
        fc.pre(found.problems.every((problem) => problem.kind !== 'too-many-commands'));
        const lines = linesOf(text);
        const numbers = [...new Set([...found.commands, ...found.problems].map(({ line }) => line))];
        const alone = parse(
          numbers
            .sort((a, b) => a - b)
            .map((number) => lines[number - 1])
            .join('\n\n'),
        );
        expect(withoutLines(alone)).toEqual(withoutLines(found));
      }),
      RUNS,
    );
  });

  test.each([
    ['a quote', (text: string) => eachLine(text, '> ')],
    ['a quote in a list', (text: string) => eachLine(text, '- > ')],
    ['an item of a list', (text: string) => `- x\n${eachLine(text, '  ')}`],
    ['fenced code', (text: string) => `${fenceAround(text)}\n${text}\n${fenceAround(text)}`],
    ['an open fence', (text: string) => `/lgtm\n${fenceAround(text)}sh\n${text}`],
    ['indented code', (text: string) => eachLine(text, '    ')],
    ['an HTML comment', (text: string) => `<!--\n${text.replaceAll('-->', '')}\n-->`],
    ['an open HTML comment', (text: string) => `<!-- x\n\n${text.replaceAll('-->', '')}`],
    ['preformatted text', (text: string) => `<pre>\n${text.replaceAll('</', '')}\n</pre>`],
    ['details', (text: string) => `<details>\n\n${text.replaceAll('</', '')}\n\n</details>`],
    ['an attribute', (text: string) => `<p title='\n\n${text.replaceAll("'", '')}`],
  ])('nothing is found in %s', (_, around) => {
    fc.assert(
      fc.property(soup, (text) => {
        expect(parse(around(text))).toEqual({ commands: [], problems: [] });
      }),
      RUNS,
    );
  });
});

function withoutLines({ commands, problems }: ParsedComment): unknown {
  const bare = (found: Readonly<Record<string, unknown>>) => ({ ...found, line: 0 });
  return { commands: commands.map(bare), problems: problems.map(bare) };
}

/** A piece of a page and the verbs of its commands by the number of the line within it, from 0. */
interface Piece {
  readonly text: string;
  readonly verbs: ReadonlyMap<number, string>;
}

describe('pages of which every piece is known', () => {
  /** An empty line alone would let what is indented go on with a list. */
  const BETWEEN = '\n\n***\n\n';
  const command = fc.constantFrom('deploy', 'hold', 'cancel', 'refresh', 'merge');
  const form = fc.constantFrom('/', '   /', '/subagent ', '/SUBAGENT\u00a0\t');
  const tail = fc.constantFrom(
    '',
    '  ',
    '\t',
    ' -- why',
    ' -- `',
    ' -- [x',
    ' -- <b>',
    ' -- \u200b',
    '\u00a0',
  );
  const prose = fc.constantFrom(
    'please',
    'a ` b',
    '/lgtm',
    '/assign @ada',
    'a <b>c</b>',
    '\\/hold',
    '&#47;hold',
    'x [y',
  );
  const line = fc.oneof(
    fc.tuple(form, command, tail).map(([before, verb, behind]) => ({ text: before + verb + behind, verb })),
    prose.map((text) => ({ text, verb: null })),
  );
  /** One backtick or bracket a piece at most: two might be partners, and then what is between them is no text. */
  const paragraph = fc
    .array(line, { minLength: 1, maxLength: 4 })
    .filter(
      (lines) =>
        (
          lines
            .map(({ text }) => text)
            .join('')
            .match(/[`[]/g) ?? []
        ).length <= 1,
    )
    .map((lines): Piece => ({
      text: lines.map(({ text }) => text).join('\n'),
      verbs: new Map(lines.flatMap(({ verb }, index) => (verb === null ? [] : [[index, verb] as const]))),
    }));
  const around = fc.constantFrom<(text: string) => string>(
    (text) => eachLine(text, '> '),
    (text) => `> x\n${text}`,
    (text) => eachLine(text, '> > '),
    (text) => `- x\n\n${eachLine(text, '  ')}`,
    (text) => `1. x\n${text}`,
    (text) => `\`\`\`\`\n${text}\n\`\`\`\``,
    (text) => `~~~ sh\n${text}\n~~~~`,
    (text) => eachLine(text, '    '),
    (text) => `<!--\n${text}\n-->`,
    (text) => `<details><summary>x</summary>\n\n${text}\n\n</details>`,
    (text) => `x <div>\n\n${text}\n\ny</div>`,
    (text) => `<div>\n${text}\n</div>`,
    (text) => `${text}\n===`,
    (text) => `[^note]: x\n${text}`,
    (text) => `x\n[^note]: y\n${text}`,
    (text) => `| a |\n|---|\n${text}`,
    (text) => eachLine(text, '# '),
  );
  const hidden = fc
    .tuple(paragraph, around)
    .map(([{ text }, wrap]): Piece => ({ text: wrap(text), verbs: new Map() }));
  const page = fc.array(fc.oneof(paragraph, hidden), { minLength: 1, maxLength: 6 });

  test('the commands of the paragraphs are found, each with its line, and no others', () => {
    fc.assert(
      fc.property(page, fc.constantFrom('\n', '\r\n', '\r'), (pieces, lineEnd) => {
        const expected: { line: number; verb: string }[] = [];
        let first = 1;
        for (const { text, verbs } of pieces) {
          for (const [index, verb] of verbs) expected.push({ line: first + index, verb });
          first += `${text}${BETWEEN}`.split('\n').length - 1;
        }
        fc.pre(expected.length <= 10);
        const text = pieces.map((piece) => piece.text).join(BETWEEN);
        const { commands, problems } = parse(text.replaceAll('\n', lineEnd));
        expect(commands.map(({ line: number, verb }) => ({ line: number, verb }))).toEqual(expected);
        expect(problems).toEqual([]);
      }),
      RUNS,
    );
  });
});
