import { codeSpan, fence } from '../text/code.js';
import { commandTable, detailLines } from './help.js';
import { VERBS } from './registry.js';

const PREFIX = '/subagent';

const GRAMMAR = `comment  = { line } ;
line     = command | other ;
command  = ( prefix , ws , verb | "/" , verb ) , { ws , arg } , [ ws , "--" , ws , reason ] ;
prefix   = "${PREFIX}" ;                    (* configurable; case does not matter *)
verb     = letter , { letter | "-" } ;      (* case does not matter *)
arg      = ref | pair | word ;
ref      = "#" , digits | owner , "/" , repo , "#" , digits | URL of an issue or pull request ;
pair     = key , "=" , ( word | quoted ) ;  (* a key at most once; no verb takes one yet *)
quoted   = '"' , { character | '\\"' } , '"' ;
reason   = rest of the line ;               (* at most 200 characters *)
ws       = ( space | tab | no-break space ) , { space | tab | no-break space } ;
`;

const RULES = [
  'A command is the first thing on its line, after at most three spaces, in an ordinary paragraph. In lists, quotes, headings, tables, footnotes, code, links, HTML (between `<details>` and `</details>` too), HTML comments and struck-out text nothing is a command.',
  `${codeSpan(`${PREFIX} <verb>`)} is always a command. The short form ${codeSpan('/<verb>')} is one for the verbs below, on an issue of a deployment, on its pull request and on the tracking issue; other lines that begin with a slash belong to other bots. ${codeSpan('commands.bare: false')} turns the short form off.`,
  'A comment may hold ten commands. All of them are read before one runs: if one is wrong, none runs, and one reply says what is wrong with each.',
  'A reason follows two hyphens with spaces around them. It may stand behind every command, and is kept in the comment itself.',
  'On the tracking issue a command names the issues that it means, or says `all` where that makes sense. On an issue or its pull request it means that one.',
  'The app answers with 👍 when it is done and with 😕 when it refused. It replies to questions, and says why it refused, to people with the triage role or more.',
  'A comment that somebody other than its author has edited is not run. `redeploy` needs a comment that nobody has edited, its author included: until the text is recorded, the comment is the approval.',
  'Comments of bots count only if the configuration lists the bot under `allow.bots`.',
];

/** The text of docs/commands.md, made from the registry. */
export function renderCommandsDoc(): string {
  const details = VERBS.flatMap((row) => [
    `### ${row.verb}`,
    '',
    `${codeSpan(row.usage)} ${row.help}.`,
    '',
    ...detailLines(row, PREFIX),
    '',
  ]);
  return [
    '# Slash commands',
    '',
    'This page is made from `src/core/commands/registry.ts`; change it there.',
    '',
    '## Rules',
    '',
    ...RULES.map((rule, index) => `${index + 1}. ${rule}`),
    '',
    '## All commands',
    '',
    ...commandTable(VERBS),
    '',
    '## One by one',
    '',
    ...details,
    '## Grammar',
    '',
    fence(GRAMMAR, 'ebnf'),
    '',
  ].join('\n');
}
