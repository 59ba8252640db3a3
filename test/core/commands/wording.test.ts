/** Everything that can be said about a command: verb by verb, and answer by answer. */
import { describe, expect, test } from '@jest/globals';
import * as answers from '../../../src/core/commands/answers.js';
import { readArguments } from '../../../src/core/commands/grammar.js';
import { answerHelpAbout } from '../../../src/core/commands/help.js';
import { VERBS } from '../../../src/core/commands/registry.js';
import type { ArgumentShape, Place, Row } from '../../../src/core/commands/registry.js';
import { readRequest } from '../../../src/core/commands/request.js';
import type { Fault } from '../../../src/core/commands/command.js';
import { ROLES } from '../../../src/core/model/index.js';

const PREFIX = '/subagent';
const HOME = { repository: 'octo/engine', host: 'github.com' };
/** What no verb takes: a name with a comma is none, and it is no issue, no verb and no level. */
const WRONG = 'x,y';

function say(fault: Fault): string {
  const comment = { commands: [], problems: [{ ...fault, line: 1 }] };
  return answers.answerProblems('ada', comment, { prefix: PREFIX, trackingIssue: 12 });
}

/** What is answered to a verb and its arguments in a place; null if there is nothing wrong with them. */
function refusal(row: Row, place: Place, args: string): string | null {
  const read = readRequest(row, readArguments(args).list, { ...HOME, place });
  return read.ok ? null : say(read.fault);
}

/** On the tracking issue a verb that takes something else besides needs issues too. */
function withIssue(row: Row, place: Place, args: string): string {
  const needed = place === 'tracking issue' && row.targets === 'named' && row.takes !== 'none';
  return needed ? `#8 ${args}` : args;
}

/** A good argument that is not enough on the tracking issue, or none. */
const PARTS = {
  none: '',
  verb: '',
  references: '',
  'pull request': '',
  shares: 'executor.py',
  name: 'executor.py',
  effort: '5-6h',
  risk: 'high',
  priority: 'p0',
} as const satisfies Record<ArgumentShape, string>;

function roleBelow(row: Row): string {
  const below = ROLES[ROLES.indexOf(row.role) - 1] ?? 'none';
  return answers.answerRoleTooLow('ada', row.verb, below);
}

/** A verb that works everywhere has no wrong place; one that needs no reason has none missing. */
function wordingOf(row: Row): string {
  const { verb, places } = row;
  const here = (['issue', 'tracking issue'] as const).filter((place) => places.includes(place));
  const said = here.flatMap((place) => [
    [`wrong argument on the ${place}`, refusal(row, place, withIssue(row, place, WRONG))],
    [`only a part on the ${place}`, PARTS[row.takes] === '' ? null : refusal(row, place, PARTS[row.takes])],
    [`nothing on the ${place}`, refusal(row, place, '')],
    [`one issue and a foreign one on the ${place}`, refusal(row, place, '#4 other/repo#5')],
    [`a pair on the ${place}`, refusal(row, place, 'key=value')],
  ]);
  const missing: Fault = { kind: 'missing-reason', verb };
  const everywhere = places.includes('elsewhere');
  return [
    ...said,
    ['wrong place', everywhere ? null : say({ kind: 'wrong-place', verb, places })],
    ['no reason', row.reason === 'required' ? say(missing) : null],
    ['role too low', roleBelow(row)],
    // Whether this version serves it is said in the snapshot of all of help.
    ['help', answerHelpAbout('ada', verb, PREFIX).replace('\n- Not available yet in this version.', '')],
  ]
    .flatMap(([when, text]) => (text === null ? [] : [`[${when}]\n${text}`]))
    .join('\n');
}

describe('what is said about', () => {
  test.each(VERBS.map((row) => [row.verb, row] as const))('%s', (_, row) => {
    expect(wordingOf(row)).toMatchSnapshot();
  });

  test('every verb: a wrong argument, a role too low and its help, and a wrong place unless it works everywhere', () => {
    for (const row of VERBS) {
      const words = wordingOf(row);
      const kinds = ['[wrong argument', '[role too low]', '[help]', '[wrong place]'];
      const wanted = row.places.includes('elsewhere') ? kinds.slice(0, 3) : kinds;
      expect([row.verb, wanted.filter((kind) => !words.includes(kind))]).toEqual([row.verb, []]);
      expect(words.split('\n').filter((line) => /^\s*\//.test(line))).toEqual([]);
    }
  });
});

const HERE = { number: 13 };
const THERE = { number: 14 };
const FOREIGN = { owner: 'other', repo: 'repo', number: 5 };
const SHA = '3f2c1ab0000000000000000000000000000000ff';

/** Each answer as it is given; words of people and of GitHub in it are hostile. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  answerProblems: [
    say({ kind: 'missing-verb' }),
    answers.answerProblems('ada', { commands: [], problems: [] }, { prefix: PREFIX, trackingIssue: null }),
  ],
  answerRoleTooLow: [answers.answerRoleTooLow('ada', 'override', 'write')],
  answerEdited: [answers.answerEdited('ada')],
  answerEditedSince: [
    answers.answerEditedSince('ada', 'mallory', HERE),
    answers.answerEditedSince('ada', null, HERE),
  ],
  answerEditedRecord: [answers.answerEditedRecord('ada', 'adopt')],
  answerCannotAdopt: [answers.answerCannotAdopt('ada', HERE, { number: 45 }, 'it is from a fork: @org/team')],
  answerCycle: [answers.answerCycle('ada', [HERE, THERE, FOREIGN]), answers.answerCycle('ada', [HERE])],
  answerCannotWait: [answers.answerCannotWait('ada', HERE, FOREIGN, 'GitHub says "@org/team"')],
  answerNotWaiting: [
    answers.answerNotWaiting('ada', HERE, [THERE], false),
    answers.answerNotWaiting('ada', HERE, [THERE, FOREIGN, HERE], true),
  ],
  answerLineHolds: [answers.answerLineHolds('ada', HERE, FOREIGN, 'I cannot read it', PREFIX)],
  answerUnread: [answers.answerUnread('ada', 'the reviews', 'HTTP 502 <!-- x')],
  answerCannotShare: [answers.answerCannotShare('ada', HERE, 'a`b', 'it has 100 labels')],
  answerNotSharing: [
    answers.answerNotSharing('ada', [HERE], 'executor.py', false),
    answers.answerNotSharing('ada', [HERE, THERE], 'executor.py', true),
  ],
  answerNotMember: [answers.answerNotMember('ada', HERE)],
  answerNotNow: [
    answers.answerNotNow('ada', 'retry', HERE, 'its subagent is still working'),
    answers.answerNotNow('ada', 'effort', HERE, 'its work is over'),
    answers.answerNotNow('ada', 'override', HERE, 'its gate is free'),
  ],
  answerHeadNotOlder: [answers.answerHeadNotOlder('ada', SHA, HERE)],
  answerHeadOfUnknownAge: [answers.answerHeadOfUnknownAge('ada', SHA, HERE)],
  answerButtonRoleTooLow: [answers.answerButtonRoleTooLow('ada', 'Undo override', 'override', 'triage')],
  answerGitHubRefused: [
    answers.answerGitHubRefused('ada', 'create the branch `feature/issue-13`', '/merge @all #1'),
  ],
};

describe('the answer', () => {
  test.each(Object.entries(SAMPLES))('%s', (_, texts) => {
    expect(texts.join('\n')).toMatchSnapshot();
    for (const line of texts.join('\n').split('\n')) expect(line).not.toMatch(/^\s*\/|(?<!^)@[a-z]/);
  });

  test('of every kind is here', () => {
    const kinds = Object.keys(answers).filter((name) => name !== 'to');
    expect(Object.keys(SAMPLES).sort()).toEqual(kinds.sort());
  });
});
