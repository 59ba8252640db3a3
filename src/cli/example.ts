import { readFileSync } from 'node:fs';

/** The seed of the example repository, in YAML. */
export function exampleSeed(): string {
  return readExample('market.yml');
}

/** The same with the example's configuration, for those who want to see everything that can be shown. */
export function configuredSeed(): string {
  const config = readExample('subagents.yml').replace(/^(?=.)/gm, '  ');
  return `${exampleSeed()}\nconfig:\n${config}`;
}

function readExample(name: string): string {
  return readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
}
