/** What is asked of one page of a list, so that a short one is noticed and the next one found. `node` selects of each entry. */
export function page(node: string): string {
  return `totalCount pageInfo { hasNextPage endCursor } nodes { ${node} }`;
}
