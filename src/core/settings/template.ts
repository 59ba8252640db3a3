/** Texts with places to fill: `{number}`, `{base}`, `{title}`. */

export type Placeholder = 'number' | 'base' | 'title';

const PLACE = /\{(number|base|title)\}/g;

/** Fills the places in one pass, so that what is filled in is never filled again. */
export function fillTemplate(
  template: string,
  values: Readonly<Partial<Record<Placeholder, string>>>,
): string {
  return template.replace(PLACE, (place, name: Placeholder) => values[name] ?? place);
}

/** What is wrong with the places of a template, as words that follow its name; `undefined` if nothing. */
export function placeholderProblem(
  template: string,
  allowed: readonly Placeholder[],
  required: readonly Placeholder[],
): string | undefined {
  const found = [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
  const unknown = found.find((name) => !allowed.some((known) => known === name));
  const places = allowed.map((name) => `\`{${name}}\``).join(', ');
  if (unknown !== undefined) return `may have only ${places} in braces`;
  if (/[{}]/.test(template.replace(/\{[^{}]*\}/g, ''))) return 'must not have a brace without its partner';
  const missing = required.find((name) => found.filter((other) => other === name).length !== 1);
  return missing === undefined ? undefined : `must contain \`{${missing}}\` once`;
}
