/** The published JSON Schema, judged by an independent validator: editors have to agree with what the app says. */
import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';

import { parseSettings } from '../../../src/core/settings/parse.js';
import { WRONG } from './wrong.js';

const schema = JSON.parse(readFileSync('schema/subagents.schema.json', 'utf8'));
const validates = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

type Part = {
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
  readonly anyOf?: readonly Part[];
};

/** Every default of the schema, with the part of the schema that it is of. */
function defaultsOf(part: Part, path = ''): { path: string; part: Part }[] {
  return [
    ...(part.default === undefined ? [] : [{ path, part }]),
    ...Object.entries(part.properties ?? {}).flatMap(([key, inner]) => defaultsOf(inner, `${path}.${key}`)),
    ...(part.items === undefined ? [] : defaultsOf(part.items, `${path}[]`)),
    ...(part.anyOf ?? []).flatMap((way) => defaultsOf(way, path)),
  ];
}

test('takes the example, and a file with every kind of entry', () => {
  const example = readFileSync('examples/subagents.yml', 'utf8');
  const all = `
base: release/1.0
phases: [{ name: Review, duration: effort }]
checklist: [Told, { auto: merged }, { check: build, text: Built }]
risks: [{ risk: Loss, issue: 5, mitigation: Backup }, { risk: Conflicts, mitigation: Order }]
stakeholders: [{ name: QA, mention: "@acme/qa", when: [merged], risk: [high], labels: [db], paths: ["a/**"] }]
sync: { times: ["09:00"], timezone: Europe/Berlin }
merge: { slot: 60m, self-approval: true }
`;
  for (const text of [example, all, '{}']) {
    expect(parseSettings(text)).toMatchObject({ ok: true });
    expect(validates(load(text)) ? [] : validates.errors).toEqual([]);
  }
});

test('takes each of its own defaults', () => {
  const defaults = defaultsOf(schema);
  expect(defaults.length).toBeGreaterThan(30);
  const refused = defaults.filter(({ part }) => !new Ajv2020({ strict: true }).compile(part)(part.default));
  expect(refused.map(({ path }) => path)).toEqual([]);
});

describe('what the app refuses, it refuses, too', () => {
  /** Not to be said in a schema: what stands elsewhere in the file, how long a duration is, what counts as empty. */
  const ONLY_THE_APP = [
    'the name of the check on this file for the gate',
    'an entry that is there twice',
    'not UTF-8',
    'a duration of two units',
    'a text of spaces',
    'a text on several lines',
    'an empty name of a branch',
    'an abbreviated time zone',
    'an old abbreviated time zone',
    'another old abbreviated time zone',
  ];
  const values = WRONG.flatMap(([what, text]) => {
    try {
      return [{ what, value: load(text) }];
    } catch {
      return [];
    }
  });

  test('but for what only code can tell', () => {
    const passed = values.filter(({ value }) => validates(value)).map(({ what }) => what);
    expect(passed.toSorted()).toEqual(ONLY_THE_APP.toSorted());
    expect(values.length).toBeGreaterThan(40);
  });
});
