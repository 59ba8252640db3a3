import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** The names of an operation's top fields, in order, those in fragments too. */
export function mutationFields(document: DocumentNode, operation: OperationDefinitionNode): string[] {
  function names(selection: SelectionSetNode): string[] {
    return selection.selections.flatMap((node) => {
      switch (node.kind) {
        case Kind.FIELD:
          return [node.name.value];
        case Kind.INLINE_FRAGMENT:
          return names(node.selectionSet);
        case Kind.FRAGMENT_SPREAD:
          return document.definitions.flatMap((definition) =>
            definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === node.name.value
              ? names(definition.selectionSet)
              : [],
          );
      }
    });
  }
  return names(operation.selectionSet);
}
