import { expect, test } from '@jest/globals';
import { requireSecret } from '../../src/intake/secret.js';

test.each([
  ['a missing secret', undefined, 'is missing'],
  ['an empty secret', '   ', 'is missing'],
  ['the public default of Probot', 'development', 'publicly known default'],
  ['a secret of 15 characters', 'x'.repeat(15), 'shorter than 16 characters'],
])('%s is refused, with how to mend it and without showing it', (_name, secret, why) => {
  expect(() => requireSecret(secret)).toThrow(why);
  expect(() => requireSecret(secret)).toThrow('Set WEBHOOK_SECRET');
  expect(() => requireSecret(secret)).not.toThrow('xxx');
});

test('a secret of 16 characters is taken as it is', () => {
  expect(requireSecret('x'.repeat(16))).toBe('x'.repeat(16));
});
