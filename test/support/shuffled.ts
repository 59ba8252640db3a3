/**
 * Lists whose order is a fact of its own, by their names: GitHub's times have whole seconds, so of what
 * happened within one only the order tells which came first. The order of all other lists is chance.
 */
const ORDERED = new Set([
  // Timelines and edit histories, oldest first.
  'history.labels',
  'labelEvents',
  'edits',
  'dependencies',
  'removals',
  'forcePushes',
  // Lines of commits: what each is built on is not in it.
  'commits',
  'beyondBase',
  'recent',
  // Runs on one head, newest first.
  'ownChecks',
  // Which of them landing prefers.
  'mergeMethods',
]);

/** The same value with every list, and every object's members, in another order, but for the lists whose order is a fact. */
export function shuffled<T>(value: T, seed: number): T {
  let state = seed;
  return visit(value, []) as T;

  function visit(part: unknown, path: readonly string[]): unknown {
    if (Array.isArray(part)) {
      const items = part.map((item) => visit(item, path));
      const isOrdered = ORDERED.has(path.at(-1) ?? '') || ORDERED.has(path.slice(-2).join('.'));
      return isOrdered ? items : mixed(items);
    }
    if (typeof part !== 'object' || part === null) return part;
    const isReadable = 'kind' in part && part.kind === 'read';
    const entries = Object.entries(part).map(
      ([name, inner]) => [name, visit(inner, isReadable ? path : [...path, name])] as const,
    );
    return Object.fromEntries(mixed(entries));
  }

  function mixed<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => [nextNumber(), item] as const)
      .sort(([a], [b]) => a - b)
      .map(([, item]) => item);
  }
  function nextNumber(): number {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state;
  }
}
