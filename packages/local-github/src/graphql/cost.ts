import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  getArgumentValues,
  getNamedType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

import type { Cost } from './request.js';

/** How many nodes one call may ask for. */
export const NODE_LIMIT = 500_000;

/**
 * GitHub's published formula (https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api):
 * each connection is requested once for each possible node above it, and may give `first` or `last` nodes each time.
 * The points are the requests divided by 100, rounded, at least 1. `nodes(ids:)` is counted as so many nodes without a
 * request. Directives are not looked at: what may be skipped counts.
 */
export function measure(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Cost {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  let nodes = 0;
  let requests = 0;

  /** Fields by response key and type, so that one that two fragments ask for counts once. */
  function collect(
    type: GraphQLNamedType,
    selection: SelectionSetNode,
    into: Map<string, { type: GraphQLNamedType; fields: FieldNode[] }>,
  ): void {
    for (const node of selection.selections) {
      if (node.kind === Kind.FIELD) {
        const key = `${type.name}.${(node.alias ?? node.name).value}`;
        const entry = into.get(key) ?? { type, fields: [] };
        entry.fields.push(node);
        into.set(key, entry);
        continue;
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
      if (fragment === undefined) continue;
      const narrowed = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
      collect(narrowed ?? type, fragment.selectionSet, into);
    }
  }

  function walk(type: GraphQLNamedType, selections: readonly SelectionSetNode[], above: number): void {
    const entries = new Map<string, { type: GraphQLNamedType; fields: FieldNode[] }>();
    for (const selection of selections) collect(type, selection, entries);
    for (const { type: parent, fields } of entries.values()) visit(parent, fields, above);
  }

  function visit(parent: GraphQLNamedType, fields: readonly FieldNode[], above: number): void {
    const [field] = fields;
    const definition =
      field && (isObjectType(parent) || isInterfaceType(parent))
        ? parent.getFields()[field.name.value]
        : undefined;
    if (field === undefined || definition === undefined) return;
    const type = getNamedType(definition.type);
    const args = getArgumentValues(definition, field, variables);
    let below = above;
    if (type.name.endsWith('Connection')) {
      below = above * Number(args['first'] ?? args['last'] ?? 0);
      requests += above;
      nodes += below;
    } else if (field.name.value === 'nodes' && Array.isArray(args['ids'])) {
      below = above * args['ids'].length;
      nodes += below;
    }
    walk(
      type,
      fields.flatMap(({ selectionSet }) => selectionSet ?? []),
      below,
    );
  }

  const root = schema.getRootType(operation.operation);
  if (root) walk(root, [operation.selectionSet], 1);
  return { points: Math.max(1, Math.round(requests / 100)), nodes };
}
