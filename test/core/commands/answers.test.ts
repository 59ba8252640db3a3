import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  answerCycle,
  answerEdited,
  answerGitHubRefused,
  answerNotNow,
  answerProblems,
  answerRoleTooLow,
} from '../../../src/core/commands/answers.js';
import type { Problem } from '../../../src/core/commands/command.js';
import { renderCommandsDoc } from '../../../src/core/commands/docs.js';
import { answerHelp, answerHelpAbout } from '../../../src/core/commands/help.js';
import { isAnswered, mayRun } from '../../../src/core/commands/meaning.js';
import { parseComment } from '../../../src/core/commands/parse.js';
import { VERBS } from '../../../src/core/commands/registry.js';
import { ROLES } from '../../../src/core/model/index.js';

const CONTEXT = { prefix: '/subagent', trackingIssue: 12 };
const PLACE = {
  ...CONTEXT,
  bare: true,
  place: 'issue',
  repository: 'octo/engine',
  host: 'github.com',
  knownHere: true,
} as const;

function say(...problems: Problem[]): string {
  return answerProblems('ada', { commands: [], problems }, CONTEXT);
}

describe('answers', () => {
  test('to problems', () => {
    const verb = 'priority';
    const faults: Problem[] = [
      { line: 1, kind: 'missing-verb' },
      { line: 1, kind: 'unknown-verb', word: 'deplyo', suggestion: 'deploy' },
      { line: 1, kind: 'unknown-verb', word: 'abracadabra', suggestion: null },
      { line: 1, kind: 'not-available', verb: 'start' },
      { line: 1, kind: 'wrong-place', verb: 'freeze', places: ['tracking issue'] },
      { line: 1, kind: 'wrong-place', verb: 'adopt', places: ['issue', 'pull request'] },
      { line: 1, kind: 'bad-argument', verb, expected: '`p0`, `p1`, `p2` or `p3`', got: 'high' },
      { line: 1, kind: 'bad-argument', verb: 'hold', expected: 'no arguments', got: '—' },
      { line: 1, kind: 'missing-argument', verb, expected: '`p0`, `p1`, `p2` or `p3`' },
      { line: 1, kind: 'duplicate-key', verb, key: 'a' },
      { line: 1, kind: 'unclosed-quote', verb, key: 'a' },
      { line: 1, kind: 'missing-reason', verb: 'override' },
      { line: 1, kind: 'reason-too-long', verb: 'hold', length: 201 },
      { line: 11, kind: 'too-many-commands', count: 11 },
    ];
    expect(faults.map((fault) => say(fault)).join('\n')).toMatchSnapshot();
  });

  test('to several problems are one list with the lines', () => {
    expect(answerProblems('ada', parseComment('/subagent x\n\n/hold it', PLACE), CONTEXT)).toMatchSnapshot();
  });

  test('say that nothing was run where a good command stood beside the bad one', () => {
    expect(answerProblems('ada', parseComment('/deploy\n/subagent hodl', PLACE), CONTEXT)).toMatch(
      /Nothing was run\.$/,
    );
    expect(answerProblems('ada', parseComment('/subagent hodl', PLACE), CONTEXT)).not.toMatch(
      /Nothing was run/,
    );
  });

  test('without a tracking issue name none', () => {
    const problems = [{ line: 1, kind: 'wrong-place', verb: 'freeze', places: ['tracking issue'] }] as const;
    const answer = answerProblems('ada', { commands: [], problems }, { ...CONTEXT, trackingIssue: null });
    expect(answer).toBe('@ada: `freeze` works on the tracking issue.');
  });

  test('to what cannot be done', () => {
    const answers = [
      answerRoleTooLow('ada', 'override', 'write'),
      answerEdited('ada'),
      answerCycle('ada', [{ number: 12 }, { number: 13 }, { owner: 'o', repo: 'r', number: 14 }]),
      answerCycle('ada', [{ number: 12 }]),
      answerNotNow('ada', 'retry', { number: 13 }, 'its subagent is still working'),
      answerGitHubRefused(
        'ada',
        'create the branch `feature/issue-13`',
        'Reference update failed for @org/team',
      ),
    ];
    expect(answers.join('\n')).toMatchSnapshot();
  });

  test('a login that GitHub would not give is shown as code', () => {
    expect(answerEdited('dependabot[bot]')).toMatch(/^@dependabot\[bot\]: /);
    expect(answerEdited('ada_corp')).toMatch(/^@ada_corp: /);
    expect(answerEdited('/merge\n/merge @all')).toMatch(/^`\/merge \/merge @all`: /);
  });

  test('whatever people wrote, no line begins with a slash and no word of theirs is outside of code', () => {
    const words = fc.oneof(
      fc.constantFrom('/deploy', '@org/team', '`', 'fixes', '#1', '<!--', '\u00a0', '&#64;x', '|'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 8 }), (all) => {
        const written = all.join('').replace(/[\r\n]/g, '');
        const answer = answerProblems(
          'ada',
          parseComment(`/subagent ${written}\n\n/hold ${written}`, PLACE),
          CONTEXT,
        );
        expect(answer.split(/\r\n?|\n/).filter((line) => /^\s*[/／]/.test(line))).toEqual([]);
        // Of everything that is not between equal runs of backticks, only the greeting holds an @.
        expect(answer.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '').slice('@ada'.length)).not.toMatch(/@|#1/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('help', () => {
  test('lists all verbs on one screen', () => {
    const help = answerHelp('ada', '/subagent');
    expect(help).toMatchSnapshot();
    for (const row of VERBS) expect(help).toContain(`\`${row.verb}`);
    expect(help.split('\n').length).toBeLessThanOrEqual(40);
  });

  test('explains each verb', () => {
    expect(VERBS.map((row) => answerHelpAbout('ada', row.verb, '/subagent')).join('\n\n')).toMatchSnapshot();
  });

  test('begins no line with a slash', () => {
    const texts = [
      answerHelp('ada', '/x'),
      ...VERBS.map((row) => answerHelpAbout('ada', row.verb, '/x')),
      renderCommandsDoc(),
    ];
    expect(
      texts
        .join('\n')
        .split('\n')
        .filter((line) => /^\s*\//.test(line)),
    ).toEqual([]);
  });

  test('the page of all commands is made from the registry', () => {
    expect(renderCommandsDoc()).toMatchSnapshot();
  });
});

describe('roles', () => {
  test('each verb needs its role or a stronger one', () => {
    const least = VERBS.map(({ verb, role }) => [verb, ROLES.filter((each) => mayRun(each, verb))[0], role]);
    for (const [, found, role] of least) expect(found).toBe(role);
    expect(Object.fromEntries(least.map(([verb, found]) => [verb, found]))).toMatchSnapshot();
  });

  test('whoever may run a verb may run it with every stronger role', () => {
    for (const { verb } of VERBS) {
      const allowed = ROLES.map((role) => mayRun(role, verb));
      expect(allowed).toEqual(allowed.toSorted((one, other) => Number(one) - Number(other)));
    }
  });

  test('people below triage get no reply', () => {
    expect(ROLES.filter(isAnswered)).toEqual(['triage', 'write', 'maintain', 'admin']);
  });
});
