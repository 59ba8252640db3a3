import { describe, expect, test } from '@jest/globals';

import { createFaults } from '../../../src/github/read/answer.js';
import { type RawConfigs, configOf, configVariables } from '../../../src/github/read/config-file.js';
import type { GraphqlError } from '../../../src/github/transport.js';

const OWN = { oid: 'a', text: 'base: main\n', isTruncated: false };
const DEFAULT = { oid: 'b', text: 'base: trunk\n', isTruncated: false };

const own = { kind: 'read', value: { oid: 'a', text: 'base: main\n', from: null } };
const ofOwner = { kind: 'read', value: { oid: 'b', text: 'base: trunk\n', from: 'acme/.github' } };
const none = { kind: 'read', value: null };

function raw(config: typeof OWN | null, defaults: typeof DEFAULT | null | 'no such repository'): RawConfigs {
  return {
    repository: { nameWithOwner: 'acme/market', config },
    defaults: defaults === 'no such repository' ? null : { nameWithOwner: 'acme/.github', config: defaults },
  };
}

function found(configs: RawConfigs, ...errors: GraphqlError[]) {
  const faults = createFaults(errors);
  return { config: configOf(configs, faults, { owner: 'acme', name: 'market' }), left: faults.rest() };
}

const refused = (type: string, ...path: string[]): GraphqlError => ({ type, message: `${type} it is`, path });
const unreadable = (why: string) => ({ kind: 'unreadable', why });

describe('the settings file that holds', () => {
  test("is the repository's own, whatever the owner's default says, or whether it can be read", () => {
    expect(found(raw(OWN, DEFAULT)).config).toEqual(own);
    expect(found(raw(OWN, 'no such repository'), refused('FORBIDDEN', 'defaults'))).toEqual({
      config: own,
      left: [],
    });
  });

  test("is the owner's default where the repository has none", () => {
    expect(found(raw(null, DEFAULT)).config).toEqual(ofOwner);
  });

  test.each([
    ['acme/market', 'acme/dotgithub', none],
    ['acme/market', 'stranger/.github', none],
    ['new-acme/market', 'acme/.github', none],
    ['new-acme/market', 'new-acme/.github', 'that'],
    ['Acme/market', 'acme/.GitHub', 'that'],
  ])(
    'where %s is asked for and %s is found under the name of the default, is that or none',
    (nameWithOwner, from, holds) => {
      const configs = {
        repository: { nameWithOwner, config: null },
        defaults: { nameWithOwner: from, config: DEFAULT },
      };
      const that = { kind: 'read', value: { oid: 'b', text: 'base: trunk\n', from } };
      expect(found(configs)).toEqual({ config: holds === 'that' ? that : none, left: [] });
    },
  );

  test('is not that of a moved repository, whether its file can be read or not', () => {
    const configs = { ...raw(null, null), defaults: { nameWithOwner: 'stranger/.github', config: null } };
    const answer = found(configs, refused('INTERNAL', 'defaults', 'config'));
    expect(answer).toEqual({ config: none, left: [] });
  });

  test('is none where neither has one', () => {
    expect(found(raw(null, null)).config).toEqual(none);
  });

  test('is none where GitHub says that the owner has no such repository, which spoils nothing else', () => {
    const answer = found(raw(null, 'no such repository'), refused('NOT_FOUND', 'defaults'));
    expect(answer).toEqual({ config: none, left: [] });
  });

  test.each([
    ['is forbidden', raw(null, 'no such repository'), refused('FORBIDDEN', 'defaults')],
    ['breaks off', raw(null, null), refused('INTERNAL', 'defaults', 'config')],
    ['is not found inside of the repository', raw(null, null), refused('NOT_FOUND', 'defaults', 'config')],
  ])('cannot be read where the default %s', (_, configs, error) => {
    expect(found(configs, error)).toEqual({
      config: unreadable(`the default of the owner: ${error.type} it is`),
      left: [],
    });
  });

  test('cannot be read where GitHub leaves the default out without a word, or it is no text', () => {
    expect(found(raw(null, 'no such repository')).config).toEqual(
      unreadable('the default of the owner: GitHub left it out of its answer'),
    );
    expect(found({ repository: raw(null, null).repository }).config).toEqual(
      unreadable('the default of the owner: GitHub left it out of its answer'),
    );
    const defaults = { nameWithOwner: 'acme/.github', config: {} };
    expect(found({ repository: raw(null, null).repository, defaults }).config).toEqual(
      unreadable('the default of the owner: it is not a text file'),
    );
  });

  test("cannot be read where the repository's own cannot, also with a default", () => {
    const answer = found(raw(null, DEFAULT), refused('INTERNAL', 'repository', 'config'));
    expect(answer.config).toEqual(unreadable('INTERNAL it is'));
  });
});

test('the repository of the defaults is not asked for its own twice', () => {
  expect(configVariables({ owner: 'acme', name: '.GitHub' }).withDefaults).toBe(false);
  expect(configVariables({ owner: 'acme', name: 'market' }).withDefaults).toBe(true);
  const place = { owner: 'acme', name: '.github' };
  expect(
    configOf({ repository: { nameWithOwner: 'acme/.github', config: null } }, createFaults([]), place),
  ).toEqual(none);
});
