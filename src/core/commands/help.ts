import { codeCell, codeSpan } from '../text/code.js';
import { to } from './answers.js';
import { VERBS, findVerb } from './registry.js';
import type { Row, Verb } from './registry.js';

/** The table of all verbs, those of this version first. It fits one screen. */
export function answerHelp(login: string, prefix: string): string {
  const available = VERBS.filter((row) => row.available);
  const later = VERBS.filter((row) => !row.available).map((row) => codeSpan(row.verb));
  return [
    to(login, `write ${codeSpan(`${prefix} <command>`)} as the first thing on a line.`),
    '',
    ...commandTable(available),
    '',
    ...(later.length === 0 ? [] : [`Not available yet in this version: ${later.join(', ')}.`, '']),
    'On the tracking issue name the issues that you mean, like `hold #8`; where it makes sense, `all` means all of them.',
    `${codeSpan(`${prefix} help <command>`)} explains one.`,
  ].join('\n');
}

/** The usage, the meaning and an example of one verb. */
export function answerHelpAbout(login: string, verb: Verb, prefix: string): string {
  const row = findVerb(verb);
  if (row === undefined) return answerHelp(login, prefix);
  return [
    to(login, `${codeSpan(`${prefix} ${row.usage}`)} ${row.help}.`),
    '',
    ...detailLines(row, prefix),
  ].join('\n');
}

/** A table of verbs: usage, least role, meaning. */
export function commandTable(rows: readonly Row[]): readonly string[] {
  return [
    '| command | role | does |',
    '|---|---|---|',
    ...rows.map((row) => `| ${codeCell(row.usage)} | ${row.role} | ${row.help} |`),
  ];
}

/** Where a verb works, who may use it, and an example, as a list. */
export function detailLines(row: Row, prefix: string): readonly string[] {
  return [
    `- Role: *${row.role}* or more.`,
    `- Works on: ${worksOn(row)}.`,
    ...targetLine(row),
    `- Example: ${codeSpan(`${prefix} ${row.example}`)}`,
    ...(row.available ? [] : ['- Not available yet in this version.']),
  ];
}

function worksOn(row: Row): string {
  if (row.places.includes('elsewhere')) return 'every issue and pull request';
  const names = {
    issue: 'issues',
    'pull request': 'their pull requests',
    'tracking issue': 'the tracking issue',
  };
  return row.places.flatMap((place) => (place === 'elsewhere' ? [] : [names[place]])).join(', ');
}

function targetLine(row: Row): readonly string[] {
  const example = codeSpan(`${row.verb} #8${row.takes === 'none' ? '' : ' …'}`);
  switch (row.targets) {
    case 'none':
      return [];
    case 'named':
      return [`- On the tracking issue it names the issues it means: ${example}.`];
    case 'named or all':
      return [
        `- On the tracking issue it names the issues it means, ${example}, or says ${codeSpan(`${row.verb} all`)}.`,
      ];
    case 'optional':
      return [`- On the tracking issue it means all of them, or those it names: ${example}.`];
  }
}
