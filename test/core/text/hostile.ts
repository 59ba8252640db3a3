/** Text that has broken, or could break, somebody's renderer. */
import * as fc from 'fast-check';

export const HOSTILE: readonly string[] = [
  '@org/team please look',
  '&#64;x and &commat;x and &#x40;x',
  '＠x ﹫x ＃1 ﹟1',
  'fixes #1, closes GH-2, resolves acme/market#3',
  'Fixes: https://github.com/acme/market/issues/4',
  'www.example.com/acme/market/pull/5 and mail me@example.com',
  '<https://github.com/acme/market/pull/6>',
  '[click](https://example.com "x") ![img](http://x.y/z.png) [ref]: http://x.y',
  'a | b || c \\| d \\\\| e',
  '`code` ``more`` ```` ` ````',
  'x --> y <!-- hidden --> z <!-- open',
  '-->\n<!-- yardmaster:tracking -->',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '# heading\n## two\n> quote\n- item\n1. one\n---\n===\n***',
  '/merge all\n/subagent override -- because',
  '**bold** _it_ __it__ ~~gone~~ $x^2$ :tada: snake_case_name.py *',
  '%%{init: {"theme":"dark"}}%% end; click i8 "javascript:alert(1)" ]"); graph TD',
  '👩‍👩‍👧‍👦 family, 👍🏽 tone, 🏳️‍🌈 flag, 1️⃣ key',
  'abc\u202edcba\u202c\u2066x\u2069 \u200bzero\u200dwidth\ufeff \u{e0041}\u{e0042}',
  'line\r\nline\rline\u2028line\u0000\u0007\u001b[31m',
  'half \ud800 pair \udc00',
  '| --- | :--- |',
  '    indented\n\tand tabbed',
  '\\',
  '',
  'x'.repeat(10_000),
  '`'.repeat(10_000),
  '<!--'.repeat(2_500),
];

/** What GitHub would turn into something else than text, each by itself; and what other hosts of Markdown would. */
export const LIVELY: readonly string[] = [
  'broken since a5c3785ed8d6a35868bc169f07e40e889087fd2e, or since a5c3785',
  'jlord@a5c3785ed8d6a35868bc169f07e40e889087fd2e and jlord/sheetsee.js@a5c3785',
  '(a5c3785) 1234567...a5c3785^ A5C3785',
  'Closes: https://github.com/acme/market/commit/a5c3785ed8d6a35868bc169f07e40e889087fd2e',
  'http://x.y/?q=1#2 HTTPS://X.Y ftp://x.y git://x.y ssh://git@x.y',
  'me@example.com mailto:me@example.com xmpp:me@example.com/x',
  'acme#12 acme/market#12 #12, (#12) [#12] GH-12 gh-12',
  ':tada: :shipit: :+1: 10:30:15 ::x::',
  '[x] done [ ] open',
  '- [x] done\n- [ ] open',
  'a note[^1]\n\n[^1]: the note',
  '> [!WARNING]\n> x',
  '$`x^2`$ $$x$$ $x$',
  '<details open><summary>x</summary>y</details>',
  '<img src=x onerror="alert(1)"> <a href="javascript:alert(1)">x</a> <!--',
  '[x](javascript:alert(1)) [x](<data:text/html,x>) ![x](//example.com/x.png)',
  '<https://example.com> <me@example.com>',
  '```mermaid\ngraph TD\n```',
  '~~~\ncode\n~~~',
  'two  \nlines\\\nthree',
  'Setext\n======\nTwo\n---',
  '| a | b |\n| - | - |\n| c | d |',
  '\\# \\@x \\`x\\` \\[x](y) \\\\[x](y)',
  '&lt;b&gt; &amp;lt; &#35;1 &num;1 &commat;x &#x40;x',
  '@\u200bx #\u200b1 a5c\u200b3785',
];

/** Everything above. */
export const CORPUS: readonly string[] = [...HOSTILE, ...LIVELY];

/** As much of all that in few texts, for where one costs long: whatever is not escaped there shows with one of them. */
export const CONCENTRATED: readonly string[] = [
  '@org/team ＠x #1 ＃1 GH-2 acme/market#3 a5c3785 :tada: &#64;x &num;1',
  'fixes #1, closes https://github.com/acme/market/issues/4 www.x.y me@x.y',
  '[x](javascript:alert(1)) ![x](http://x.y/z.png) <https://x.y> [ref]: http://x.y [^1]',
  '<details open><img src=x onerror=alert(1)><script>x</script></summary> <!-- x',
  '-->\n\n<!-- yardmaster:deployment base=other digest=0 -->\n- [x] done',
  '`` ` ``` | \\| || *b* _i_ **b** ~~s~~ $x$ \\',
  '```\n~~~\n# h\n> [!NOTE]\n- [ ] x\n1. y\n---\n===\n/merge all',
  '"]; click i8 "javascript:alert(1)" %%{init: {}}%% end',
  '| a | b |\n| - | - |\n| c | d |',
];

const PIECES = [
  '@',
  '＠',
  '#',
  '1',
  '&#64;',
  '&num;',
  'GH-',
  'fixes ',
  '://',
  'www.',
  'http',
  '/issues/',
  'a5c3785',
  ':x:',
  '|',
  '\\',
];
const MARKS = [
  '`',
  '``',
  '-',
  '--',
  '>',
  '<',
  '<!--',
  '-->',
  '[',
  ']',
  '(',
  ')',
  '!',
  '*',
  '_',
  '~~',
  '$',
  '\n',
  ' ',
];
const OTHERS = [
  'a',
  'Z',
  'é',
  '.',
  ':',
  '=',
  '+',
  '"',
  ';',
  '%%',
  '\u200b',
  '\u202e',
  '\u200d',
  '\ud83d',
  '👩‍👧',
  '\t',
];

/** Any text, mostly made of the pieces that matter. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
  {
    weight: 5,
    arbitrary: fc
      .array(fc.constantFrom(...PIECES, ...MARKS, ...OTHERS), { maxLength: 30 })
      .map((pieces) => pieces.join('')),
  },
);
