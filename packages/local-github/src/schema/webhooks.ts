import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isExcepted } from './exceptions.js';
import { mapSchemas, type Schema } from './json-schema.js';
import { createValidator, pointerPart, type Validator } from './validator.js';
import { describeValue, type Violation } from './violation.js';

/** One file of the package, found without importing the package: its index parses eight such files (37 MB). */
const FILE = '@octokit/openapi-webhooks/generated/api.github.com.json';

interface Description {
  readonly webhooks: Readonly<Record<string, Webhook>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Webhook {
  readonly post: {
    readonly requestBody: {
      readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } };
    };
  };
}

interface Loaded {
  readonly validator: Validator;
  /** The schema's pointer by webhook, named as in the description (`pull-request-review-submitted`). */
  readonly pointers: ReadonlyMap<string, string>;
}

let loaded: Loaded | undefined;

/**
 * Checks a webhook's payload against GitHub's webhook description: required keys, types and, wherever the schema
 * lists the keys, unknown ones. The schema is that of the event and its action.
 *
 * The description (4.8 MB) is read at the first call, which took 0.3 s on two cores; each event's schema is compiled
 * at its first use (0.1 to 0.2 s).
 */
export function checkWebhook(event: string, payload: unknown): readonly Violation[] {
  loaded ??= load();
  const action = actionOf(payload);
  const operation = action === undefined ? event : `${event}.${action}`;
  const pointer = loaded.pointers.get(webhookName(event, action));
  if (pointer === undefined) {
    const at = action === undefined ? '' : 'action';
    const expected = `an action that GitHub documents for the event ${event}`;
    return [{ operation, where: 'webhook', at, expected, got: describeValue(action) }];
  }
  const findings = loaded.validator.check(pointer, payload);
  return findings
    .map((one) => ({ operation, where: 'webhook' as const, ...one }))
    .filter((one) => !isExcepted(one));
}

/** The action of a `repository_dispatch` is whatever its sender chose, so the description has one sample. */
function webhookName(event: string, action: string | undefined): string {
  if (event === 'repository_dispatch') return 'repository-dispatch-sample.collected';
  return [event, ...(action === undefined ? [] : [action])].join('-').replaceAll('_', '-');
}

function actionOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('action' in payload)) return undefined;
  return typeof payload.action === 'string' ? payload.action : undefined;
}

function load(): Loaded {
  const path = createRequire(import.meta.url).resolve(FILE);
  const { webhooks, components }: Description = JSON.parse(readFileSync(path, 'utf8'));
  const schemas = mapSchemas(components.schemas);
  const pointers = Object.entries(webhooks).map(([name, webhook]) => {
    const { $ref } = webhook.post.requestBody.content['application/json'].schema;
    const component = $ref.slice('#/components/schemas/'.length);
    return [name, `/components/schemas/${pointerPart(component)}`] as const;
  });
  return {
    validator: createValidator('webhooks', { components: { schemas } }),
    pointers: new Map(pointers),
  };
}
