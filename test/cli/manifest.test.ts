import { readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';
import { load } from 'js-yaml';

import { MANIFEST } from '../../src/cli/manifest.js';
import { WEBHOOK_PATH } from '../../src/intake/webhook-route.js';

interface Manifest {
  readonly name: string;
  readonly hook_attributes: { readonly url: string };
  readonly default_permissions: object;
  readonly default_events: readonly string[];
}

const manifest = load(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8')) as Manifest;

test('the sandbox registers the App that app.yml describes', () => {
  expect({
    name: manifest.name,
    permissions: manifest.default_permissions,
    events: manifest.default_events,
  }).toEqual({ name: MANIFEST.name, permissions: MANIFEST.permissions, events: MANIFEST.events });
});

test('webhooks go where the server takes them', () => {
  expect(new URL(manifest.hook_attributes.url).pathname).toBe(WEBHOOK_PATH);
});
