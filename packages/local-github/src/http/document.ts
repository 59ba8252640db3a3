import {
  type DocumentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  Kind,
  OperationTypeNode,
  parse,
} from 'graphql';

import type { CallKind } from './call.js';

export interface DocumentFacts {
  readonly kind: CallKind;
  readonly operation: string;
  readonly mutations: readonly string[];
}

const UNREADABLE: DocumentFacts = { kind: 'read', operation: '', mutations: [] };

/** What a GraphQL document will do, before it runs. A document that cannot be parsed does nothing. */
export function documentFacts(query: unknown, operationName: unknown): DocumentFacts {
  const document = tryParse(query);
  const operation = document && operationOf(document, operationName);
  if (document === undefined || operation === undefined) return UNREADABLE;
  const name = operation.name?.value ?? '';
  if (operation.operation !== OperationTypeNode.MUTATION)
    return { kind: 'read', operation: name, mutations: [] };
  return {
    kind: 'write',
    operation: name,
    mutations: fieldNames(document, operation.selectionSet, new Set()),
  };
}

function tryParse(query: unknown): DocumentNode | undefined {
  try {
    return typeof query === 'string' ? parse(query) : undefined;
  } catch {
    return undefined;
  }
}

function operationOf(document: DocumentNode, name: unknown): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  return typeof name === 'string' && name !== ''
    ? operations.find((one) => one.name?.value === name)
    : operations[0];
}

/** Names of the fields of a selection, those of fragments in their place; each fragment once, so that a circle ends. */
function fieldNames(document: DocumentNode, { selections }: SelectionSetNode, seen: Set<string>): string[] {
  return selections.flatMap((selection) => {
    switch (selection.kind) {
      case Kind.FIELD:
        return [selection.name.value];
      case Kind.INLINE_FRAGMENT:
        return fieldNames(document, selection.selectionSet, seen);
      case Kind.FRAGMENT_SPREAD: {
        const name = selection.name.value;
        const fragment = document.definitions.find(
          (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name,
        );
        if (fragment?.kind !== Kind.FRAGMENT_DEFINITION || seen.has(name)) return [];
        return fieldNames(document, fragment.selectionSet, seen.add(name));
      }
    }
  });
}
