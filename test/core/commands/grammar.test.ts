import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../../src/core/commands/command.js';
import { parseComment } from '../../../src/core/commands/parse.js';
import { VERBS } from '../../../src/core/commands/registry.js';
import { formatReference } from '../../../src/core/facts/references.js';
import type { IssueRef } from '../../../src/core/facts/references.js';
import { grammarCases } from './grammar-cases.js';
import type { Found } from './grammar-cases.js';

const CASES = grammarCases();

describe('the commands of a comment', () => {
  test.each(CASES)('$name: $why', ({ text, context, finds, problems }) => {
    const parsed = parseComment(text, context);
    expect(parsed.commands.map(written)).toEqual(finds);
    expect(parsed.problems).toMatchObject(problems);
  });

  test('there are cases of all kinds, each with a name of its own', () => {
    const names = CASES.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(CASES.length).toBeGreaterThanOrEqual(150);
  });

  test('no two cases are the same comment but for its verb', () => {
    const longestFirst = VERBS.map((row) => row.verb).sort((a, b) => b.length - a.length);
    const verbs = new RegExp(`(?<![a-z-])(?:${longestFirst.join('|')})(?![a-z-])`, 'gi');
    const keys = CASES.map(({ text, context }) => JSON.stringify([text.replace(verbs, 'verb'), context]));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test('every verb that takes something has a case that gives it', () => {
    const given = CASES.flatMap(({ finds, problems }) => [...finds, ...problems].map(({ verb }) => verb));
    const taking = VERBS.filter((row) => row.takes !== 'none').map((row) => row.verb);
    expect(taking.filter((verb) => !given.includes(verb))).toEqual([]);
  });
});

test('every example of the registry is understood once its verb is available', () => {
  const context = { repository: 'octo/engine', host: 'github.com', prefix: '/subagent', bare: true } as const;
  for (const row of VERBS) {
    const place = row.places.includes('issue') ? 'issue' : 'tracking issue';
    const parsed = parseComment(`/subagent ${row.example}`, { ...context, place, knownHere: true });
    const verbs = [...parsed.commands, ...parsed.problems].map((found) =>
      'verb' in found ? found.verb : null,
    );
    expect(verbs).toEqual([row.verb]);
    expect(parsed.problems.map((problem) => problem.kind)).toEqual(row.available ? [] : ['not-available']);
  }
});

/** A command as the cases write it, with references as people write them. */
function written(command: Command): Found {
  const entries = Object.entries(command).map(([key, value]) => [key, writtenValue(value)] as const);
  return Object.fromEntries(entries);
}

function writtenValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writtenValue);
  return isReference(value) ? formatReference(value) : value;
}

function isReference(value: unknown): value is IssueRef {
  return typeof value === 'object' && value !== null && 'number' in value;
}
