/**
 * How long finding the commands of a comment takes, whatever people or programs write into it. Prints only; the exit
 * code is 1 if a claim does not hold. Times depend on the machine and on what else it does, so no test and no CI rests
 * on them.
 *
 * To be run with `--max-semi-space-size=64`, as the tests are: without it the young objects of the largest comments no
 * longer fit where Node keeps them, which makes one step in the growth, to twice the time for 64 KiB.
 */
import { type CommandContext, parseComment } from '../src/core/commands/parse.js';
import { claim, exponentOf, machine, median, timesOf } from './measure.js';

const KIB = 1_024;
/** GitHub takes 65,536 characters in a comment. */
const SIZES = [8, 16, 32, 64] as const;
/** Runs that are not counted, and runs of which the median counts: as many as there is time for (ms). */
const WARM_UP = { least: 2, most: 30, within: 100 };
const COUNTED = { least: 3, most: 30, within: 200 };
/** The claims: for the largest comment, in ms of processor time; and of all, how the time grows with the length. */
const MOST = 150;
/** Where 1 is linear and 2 quadratic; of the fastest runs, of which the garbage collector had the least part. */
const STEEPEST = 1.4;
/**
 * Below this, in ms for the largest comment, nothing is claimed of the growth: no comment is longer, so it can harm
 * nobody, and what the processor's caches hold of a short comment is more than what is measured.
 */
const HARMLESS = 20;

const CONTEXT: CommandContext = {
  prefix: '/subagent',
  bare: true,
  place: 'issue',
  repository: 'octo/engine',
  host: 'github.com',
  knownHere: true,
};

/** A comment of that many characters. */
type Comment = (length: number) => string;

/** One piece over and over; before it a command, so that the paragraph has to be read to its end. */
function over(piece: string, before = '/deploy\n', after = ''): Comment {
  return (length) => {
    const times = Math.floor((length - before.length - after.length) / piece.length);
    return before + piece.repeat(times) + after;
  };
}

/** Pieces that grow, as many as there is space for. */
function growing(pieceOf: (index: number) => string): Comment {
  return (length) => {
    let text = '/deploy\n';
    for (let index = 1; text.length + pieceOf(index).length <= length; index += 1) text += pieceOf(index);
    return text;
  };
}

const HOSTILE: Readonly<Record<string, Comment>> = {
  words: over('a word or two\n'),
  'one long line': over('x'),
  'a long reason': over('x', '/hold -- '),
  smileys: over('😀', '/hold -- '),
  'many arguments': over(' #4', '/depends-on'),
  pairs: over(' a="\\""', '/hold'),
  'unclosed quote': over('\\"', '/hold a="'),
  'long name': over(' x', '/shares "'),
  commands: over('/deploy\n'),
  'commands apart': over('/deploy\n\n'),
  'unknown commands': over('/subagent deplyo\n'),
  "others' commands": over('/lgtm\n'),
  'short lines': over('a\n'),
  'empty lines': over('\n'),
  spaces: over(' '),
  'spaces in a command': over(' ', '/deploy', 'x'),
  'no-break spaces': over('\u00a0', '/deploy', 'x'),
  tabs: over('\t'),
  'carriage returns': over('\r'),
  'quotes in quotes': over('>'),
  'quoted lines': over('> a\n'),
  'deeply quoted lines': over(`${'>'.repeat(50)}a\n`),
  'lists in lists': over('- '),
  'starred lines': over('* * a\n'),
  'numbered items': over('1. a\n'),
  'deeper items': growing((index) => `${'  '.repeat(index)}- a\n`),
  'items after items': growing((index) => `${' '.repeat(index % 90)}* a\n`),
  brackets: over('['),
  'pairs of brackets': over('[]'),
  'brackets and parentheses': over('[a]('),
  'links in links': over('[a](b'),
  links: over('[a](b) '),
  images: over('![a](b'),
  'link titles': over('[a](b "'),
  definitions: over('[a]: b\n', '/deploy\n\n'),
  'unfinished definitions': over('[a]: b "\n', '/deploy\n\n'),
  'open definitions': over('[a\n', '/deploy\n\n'),
  references: over('[a]', '[a]: b\n\n/deploy\n'),
  footnotes: over('[^1]: a\n'),
  'footnotes apart': over('[^1]: a\n\n'),
  backticks: over('`'),
  'uneven backticks': over('`` ` '),
  'growing backticks': growing((index) => `${'`'.repeat(index)} `),
  fences: over('```\n'),
  'quoted fences': over('> ```\n'),
  asterisks: over('*'),
  'open emphasis': over('*a **'),
  'closing emphasis': over('a** '),
  underscores: over('_a'),
  'both kinds of emphasis': over('*a_'),
  tildes: over('~~a '),
  'angle brackets': over('<'),
  'open tags': over('<a '),
  'open attributes': over('<a b="'),
  'lines of open tags': over('<div a="\n\n'),
  containers: over('<div>'),
  'containers within lines': over('x <div>\n'),
  'emphasised containers': over('_a<div>'),
  details: over('<details>\n\n'),
  'closed details': over('x <details>\n\n</details>\n\n/deploy\n\n'),
  'HTML comments': over('<!-- -->'),
  'open HTML comments': over('x<!--'),
  'processing instructions': over('<?'),
  'character data': over('<![CDATA['),
  declarations: over('<!A '),
  addresses: over('<https://a'),
  entities: over('&#47;'),
  backslashes: over('\\'),
  'a wide table': (length) => {
    const columns = Math.floor(length / 8);
    return over('a\n', `/deploy\n\n${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n`)(length);
  },
  'many tables': over('|a|\n|-|\n\n'),
  pipes: over('|'),
  headings: over('# a\n'),
  'underlined headings': over('a\n-\n'),
  hashes: over('#'),
  rules: over('---\n'),
  'zero-width spaces': over('\u200b'),
  'halves of smileys': over('\ud83d'),
};

/** Of the processor, in ms. */
interface Time {
  readonly median: number;
  readonly fastest: number;
}

function timeOf(work: () => unknown): Time {
  timesOf(work, WARM_UP);
  const times = timesOf(work, COUNTED).map(({ processor }) => processor);
  return { median: median(times), fastest: Math.min(...times) };
}

function main(): void {
  console.log(machine());
  console.log('Finding the commands of one comment; median of the time of the processor, warmed up, in ms.');
  console.log('');

  const row = (name: string, cells: readonly string[]) =>
    console.log(name.padEnd(26) + cells.map((cell) => cell.padStart(9)).join(''));
  row('comment full of', [...SIZES.map((size) => `${size} KiB`), 'exponent']);
  const slow: string[] = [];
  const steep: string[] = [];
  let worst = { name: '', took: 0 };
  for (const [name, comment] of Object.entries(HOSTILE)) {
    const times = SIZES.map((size) => {
      const body = comment(size * KIB);
      return timeOf(() => parseComment(body, CONTEXT));
    });
    const took = times.at(-1)?.median ?? NaN;
    const exponent = exponentOf(
      SIZES,
      times.map(({ fastest }) => fastest),
    );
    row(name, [...times.map((time) => time.median.toFixed(1)), exponent.toFixed(2)]);
    if (!(took <= MOST)) slow.push(name);
    if (!(took <= HARMLESS) && !(exponent <= STEEPEST)) steep.push(name);
    if (took > worst.took) worst = { name, took };
  }

  console.log(`\nThe slowest is ${worst.name}: ${worst.took.toFixed(1)} ms.`);
  claimNone(slow, `${SIZES.at(-1)} KiB take at most ${MOST} ms`);
  claimNone(steep, `of what takes more than ${HARMLESS} ms no exponent is above ${STEEPEST}`);
}

function claimNone(missed: readonly string[], words: string): void {
  const holds = missed.length === 0;
  claim(holds, holds ? words : `${words}, but of ${missed.join(', ')}`);
}

main();
