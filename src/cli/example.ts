import { readFileSync } from 'node:fs';

/** The seed of the example repository, in YAML. */
export function exampleSeed(): string {
  return readFileSync(new URL('../../examples/market.yml', import.meta.url), 'utf8');
}
