/** Documents that ask the same thing of several objects, each with variables of its own, under the aliases `a0`, `a1` … */

/** One alias for each of `count` objects; `field` writes it with its number. */
export function aliased(count: number, field: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => field(index)).join('\n');
}

/** The definitions of one variable for each object: `$number0: Int!, $number1: Int!`. */
export function variablesOf(count: number, name: string, type: string): string {
  return Array.from({ length: count }, (_, index) => `$${name}${index}: ${type}`).join(', ');
}

/** The values of such variables. */
export function numbered<T>(name: string, values: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(values.map((value, index) => [`${name}${index}`, value]));
}
