import type { CommandContext } from '../../../src/core/commands/parse.js';

/** One comment, what is found in it, and the reason. Only the given fields of commands and problems are compared. */
export interface GrammarCase {
  readonly why: string;
  readonly body: string;
  readonly at?: Partial<CommandContext>;
  readonly commands?: readonly Readonly<Record<string, unknown>>[];
  readonly problems?: readonly Readonly<Record<string, unknown>>[];
}

const TRACKING = { place: 'tracking issue' } as const;
const STRANGE = { place: 'issue', knownHere: false } as const;
const deploy = { verb: 'deploy', targets: 'here' } as const;
const hold = { verb: 'hold', targets: 'here' } as const;

const whereCommandsStand: readonly GrammarCase[] = [
  {
    why: 'the bare form works on an issue of the deployment',
    body: '/deploy',
    commands: [{ ...deploy, line: 1, reason: null }],
  },
  { why: 'three spaces before it are allowed', body: '   /deploy', commands: [deploy] },
  { why: 'four spaces make it code', body: '    /deploy' },
  { why: 'a tab makes it code', body: '\t/deploy' },
  { why: 'a line of a paragraph with four spaces is more than three', body: 'text\n    /deploy' },
  {
    why: 'any line of a paragraph counts',
    body: 'please\n/deploy\nthanks',
    commands: [{ ...deploy, line: 2 }],
  },
  { why: 'in the middle of a line it is a word', body: 'please /deploy' },
  { why: 'a list item is not the top level', body: '- /deploy' },
  { why: 'a line that goes on with a list item belongs to it', body: '1. first\n/deploy' },
  { why: 'a quote is what somebody else said', body: '> /deploy' },
  { why: 'a line right after a quote belongs to the quote', body: '> shall I?\n/deploy' },
  {
    why: 'after an empty line the quote has ended',
    body: '> shall I?\n\n/deploy',
    commands: [{ ...deploy, line: 3 }],
  },
  { why: 'a heading is not a paragraph', body: '# /deploy' },
  { why: 'underlined text is a heading too', body: '/deploy\n---' },
  { why: 'a table is not a paragraph', body: '/deploy | now\n--- | ---' },
  { why: 'rows of a table need no pipe at the start', body: '| a |\n|---|\n/deploy' },
  { why: 'fenced code is code', body: '```\n/deploy\n```' },
  { why: 'a fence that is never closed runs to the end', body: '~~~\n/deploy' },
  { why: 'a code span may begin on an earlier line', body: 'run `\n/deploy\n` then' },
  { why: 'a single backtick before is no code', body: 'it`s\n/deploy', commands: [deploy] },
  { why: 'an HTML comment hides it', body: '<!--\n/deploy\n-->' },
  { why: 'a comment that is never closed hides the rest', body: '<!-- note\n\n/deploy' },
  { why: 'a comment may begin within a paragraph', body: 'note <!--\n/deploy\n-->' },
  { why: 'HTML goes on to the next empty line', body: '<div>\n/deploy\n</div>' },
  {
    why: 'between the tags of details it is a log or a citation',
    body: '<details>\n\n/deploy\n\n</details>',
  },
  {
    why: 'after details it is on the page again',
    body: '<details>\n\nlog\n\n</details>\n\n/deploy',
    commands: [deploy],
  },
  { why: 'an attribute of a tag is HTML', body: 'see <a title="\n/deploy">this</a>' },
  { why: 'the text of a link is a link', body: 'see [this\n/deploy](https://example.com)' },
  { why: 'the address of a link is a link', body: 'see [this](\n/deploy)' },
  { why: 'the address of a link definition may stand on the next line', body: '[this]:\n/deploy' },
  { why: 'a footnote goes on over lines', body: '[^1]: a note\n/deploy' },
  { why: 'what is struck out is taken back', body: '~~not now\n/deploy~~' },
  {
    why: 'emphasis around lines is no reason to ignore them',
    body: '**now\n/deploy\n**',
    commands: [deploy],
  },
];

const charactersAndForms: readonly GrammarCase[] = [
  {
    why: 'Windows line ends',
    body: 'now\r\n/deploy\r\n/hold\r\n',
    commands: [
      { ...deploy, line: 2 },
      { ...hold, line: 3 },
    ],
  },
  { why: 'old Macintosh line ends', body: 'now\r/deploy\r', commands: [{ ...deploy, line: 2 }] },
  { why: 'spaces and tabs at the end do not count', body: '/deploy \t ', commands: [deploy] },
  {
    why: 'a no-break space separates words, since phones put it in',
    body: '/subagent\u00a0deploy\u00a0',
    commands: [deploy],
  },
  { why: 'a no-break space before the slash is a sign before it', body: '\u00a0/deploy' },
  { why: 'an ideographic space is a letter of its word', body: '/hold\u3000now' },
  { why: 'a full-width slash is not a slash', body: '／deploy' },
  {
    why: 'a zero-width space makes another word, which the prefixed form says',
    body: '/subagent de\u200bploy',
    problems: [{ kind: 'unknown-verb', suggestion: 'deploy' }],
  },
  { why: 'a byte order mark is a sign before the slash', body: '\ufeff/deploy' },
  { why: 'case does not matter', body: '/SubAgent DEPLOY', commands: [deploy] },
  { why: 'two slashes are a comment of some language', body: '//deploy' },
  { why: 'a space behind the slash makes it prose', body: '/ deploy' },
  { why: 'a path is no command', body: '/deploy/now' },
  { why: 'an unknown bare verb belongs to another bot', body: '/lgtm\n/assign @ada' },
  { why: 'punctuation behind a bare verb makes it another word', body: '/deploy!' },
  {
    why: 'punctuation behind a prefixed verb is answered',
    body: '/subagent deploy!',
    problems: [{ kind: 'unknown-verb', word: 'deploy!', suggestion: 'deploy' }],
  },
  { why: 'the prefix alone asks for nothing', body: '/subagent', problems: [{ kind: 'missing-verb' }] },
  { why: 'a longer word than the prefix is another bot', body: '/subagents deploy' },
  {
    why: 'swapped letters are recognised',
    body: '/subagent deplyo',
    problems: [{ kind: 'unknown-verb', word: 'deplyo', suggestion: 'deploy', line: 1 }],
  },
  {
    why: 'a word like no verb gets no suggestion',
    body: '/subagent abracadabra',
    problems: [{ kind: 'unknown-verb', suggestion: null }],
  },
  { why: 'bare commands can be turned off', body: '/deploy', at: { bare: false } },
  {
    why: 'the prefixed form stays when they are',
    body: '/subagent deploy',
    at: { bare: false },
    commands: [deploy],
  },
  { why: 'outside of a deployment the bare form is left to others', body: '/deploy', at: STRANGE },
  {
    why: 'the prefixed form deploys an issue that was in no deployment',
    body: '/subagent deploy',
    at: STRANGE,
    commands: [deploy],
  },
  {
    why: 'another prefix may be configured',
    body: '/yard deploy\n/subagent deploy',
    at: { prefix: '/yard' },
    commands: [deploy],
  },
];

const argumentsAndReasons: readonly GrammarCase[] = [
  {
    why: 'a reason follows two hyphens',
    body: '/hold -- until #9 is -- done',
    commands: [{ ...hold, reason: 'until #9 is -- done' }],
  },
  {
    why: 'a reason may follow any verb',
    body: '/cancel -- superseded',
    commands: [{ verb: 'cancel', reason: 'superseded' }],
  },
  {
    why: 'hyphens with nothing behind give no reason',
    body: '/hold --',
    commands: [{ ...hold, reason: null }],
  },
  {
    why: 'hyphens need a space behind them',
    body: '/hold --later',
    problems: [{ kind: 'bad-argument', got: '--later' }],
  },
  {
    why: 'a long dash is not two hyphens',
    body: '/hold — later',
    problems: [{ kind: 'bad-argument', got: '—' }],
  },
  {
    why: 'a reason of 200 characters, counted as people do',
    body: `/hold -- ${'😀'.repeat(200)}`,
    commands: [{ reason: '😀'.repeat(200) }],
  },
  {
    why: 'a reason of 201 characters',
    body: `/hold -- ${'x'.repeat(201)}`,
    problems: [{ kind: 'reason-too-long', length: 201 }],
  },
  {
    why: 'references in all their forms',
    body: '/depends-on #4 other/repo#5 https://github.com/octo/engine/issues/6',
    commands: [{ refs: [{ number: 4 }, { owner: 'other', repo: 'repo', number: 5 }, { number: 6 }] }],
  },
  {
    why: 'the own repository need not be named, in whatever case',
    body: '/depends-on Octo/Engine#4 #4',
    commands: [{ refs: [{ number: 4 }] }],
  },
  {
    why: 'an address on another host is no reference',
    body: '/depends-on https://evil.example/octo/engine/issues/4',
    problems: [{ kind: 'bad-argument' }],
  },
  {
    why: 'no issue has the number zero',
    body: '/depends-on #0',
    problems: [{ kind: 'bad-argument', got: '#0' }],
  },
  {
    why: 'full-width digits and signs are letters',
    body: '/depends-on ＃4',
    problems: [{ kind: 'bad-argument', got: '＃4' }],
  },
  {
    why: 'a comma is no separator',
    body: '/depends-on #4, #5',
    problems: [{ kind: 'bad-argument', got: '#4,' }],
  },
  {
    why: 'a verb that needs issues has none',
    body: '/depends-on -- soon',
    problems: [{ kind: 'missing-argument', verb: 'depends-on' }],
  },
  {
    why: 'words behind a verb without arguments',
    body: '/unhold it please',
    problems: [{ kind: 'bad-argument', got: 'it' }],
  },
  {
    why: 'a pair where none is taken',
    body: '/ready when=now',
    problems: [{ kind: 'bad-argument', got: 'when=now' }],
  },
  {
    why: 'a quoted value is one argument',
    body: '/ready when="later \\"today\\" -- x"',
    problems: [{ kind: 'bad-argument', got: 'when="later \\"today\\" -- x"' }],
  },
  { why: 'a key may come once', body: '/ready a=1 A=2', problems: [{ kind: 'duplicate-key', key: 'a' }] },
  { why: 'a quote must be closed', body: '/ready a="x', problems: [{ kind: 'unclosed-quote', key: 'a' }] },
  {
    why: 'help about a verb, with its slash',
    body: '/help /Depends-On',
    commands: [{ verb: 'help', about: 'depends-on' }],
  },
  {
    why: 'help about a verb that there is not',
    body: '/help mrege',
    problems: [{ kind: 'unknown-verb', suggestion: 'merge' }],
  },
  {
    why: 'a verb of a later version is answered honestly, whatever its arguments',
    body: '/freeze #1 -- x',
    problems: [{ kind: 'not-available', verb: 'freeze' }],
  },
];

const placesAndTargets: readonly GrammarCase[] = [
  {
    why: 'on a pull request it means the issue of that',
    body: '/status',
    at: { place: 'pull request' },
    commands: [{ verb: 'status', targets: 'here' }],
  },
  {
    why: 'on an issue no other can be named',
    body: '/hold #9',
    problems: [{ kind: 'bad-argument', got: '#9' }],
  },
  {
    why: 'on an issue there is no all',
    body: '/merge all',
    problems: [{ kind: 'bad-argument', got: 'all' }],
  },
  {
    why: 'on the tracking issue they are named',
    body: '/hold #8 #6 #8 -- wait',
    at: TRACKING,
    commands: [{ targets: [{ number: 8 }, { number: 6 }], reason: 'wait' }],
  },
  {
    why: 'on the tracking issue it may be all of them',
    body: '/merge ALL',
    at: TRACKING,
    commands: [{ verb: 'merge', targets: 'all' }],
  },
  {
    why: 'all and some contradict each other',
    body: '/not-merge all #8',
    at: TRACKING,
    problems: [{ kind: 'bad-argument', got: '#8' }],
  },
  {
    why: 'on the tracking issue somebody must say which',
    body: '/unhold -- go',
    at: TRACKING,
    problems: [{ kind: 'missing-argument' }],
  },
  {
    why: 'nobody cancels all by one word',
    body: '/cancel all',
    at: TRACKING,
    problems: [{ kind: 'bad-argument', got: 'all' }],
  },
  {
    why: 'asked on the tracking issue the state of all is told',
    body: '/status',
    at: TRACKING,
    commands: [{ verb: 'status', targets: 'all' }],
  },
  {
    why: 'issues of other repositories are not in this deployment',
    body: '/ready other/repo#8',
    at: TRACKING,
    problems: [{ kind: 'bad-argument', got: 'other/repo#8' }],
  },
  {
    why: 'an edge is set on its issue, where it is clear which waits for which',
    body: '/depends-on #8 #4',
    at: TRACKING,
    problems: [{ kind: 'wrong-place', verb: 'depends-on' }],
  },
  {
    why: 'help is given everywhere',
    body: '/subagent help',
    at: { place: 'elsewhere', knownHere: false },
    commands: [{ verb: 'help', about: null }],
  },
  {
    why: 'elsewhere there is nothing to land',
    body: '/subagent merge -- now',
    at: { place: 'elsewhere', knownHere: false },
    problems: [{ kind: 'wrong-place', verb: 'merge' }],
  },
];

const severalCommands: readonly GrammarCase[] = [
  {
    why: 'commands run in their order, between other words and those of other bots',
    body: '/deploy\n/lgtm\ntext\n\n/hold -- first',
    commands: [
      { ...deploy, line: 1 },
      { ...hold, line: 5 },
    ],
  },
  {
    why: 'every problem is found, and the good ones are told apart',
    body: '/deploy\n/subagent x\n/hold y',
    commands: [deploy],
    problems: [
      { kind: 'unknown-verb', line: 2 },
      { kind: 'bad-argument', line: 3 },
    ],
  },
  {
    why: 'a line may have two problems',
    body: `/hold it -- ${'x'.repeat(300)}`,
    problems: [{ kind: 'bad-argument' }, { kind: 'reason-too-long' }],
  },
  {
    why: 'ten commands are allowed',
    body: '/refresh\n'.repeat(10),
    commands: Array.from({ length: 10 }, () => ({ verb: 'refresh' })),
  },
  {
    why: 'the eleventh is too much',
    body: '/refresh\n'.repeat(11),
    problems: [{ kind: 'too-many-commands', count: 11, line: 11 }],
  },
  {
    why: 'a very long line is one bad argument',
    body: `/hold ${'x'.repeat(65_000)}`,
    problems: [{ kind: 'bad-argument' }],
  },
];

export const CASES: readonly GrammarCase[] = [
  ...whereCommandsStand,
  ...charactersAndForms,
  ...argumentsAndReasons,
  ...placesAndTargets,
  ...severalCommands,
];
