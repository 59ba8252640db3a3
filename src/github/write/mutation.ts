/** A document of mutations: fields of one kind of input each, under the aliases `f0`, `f1` and so on. */

/** The mutations that the app uses. Their inputs are described at https://docs.github.com/en/graphql/reference/mutations */
type MutationName =
  | 'addAssigneesToAssignable'
  | 'createCheckRun'
  | 'createCommitOnBranch'
  | 'createPullRequest'
  | 'createRef'
  | 'dequeuePullRequest'
  | 'enqueuePullRequest'
  | 'markPullRequestReadyForReview'
  | 'pinIssue'
  | 'unpinIssue'
  | 'updateCheckRun'
  | 'updatePullRequestBranch'
  | 'updateRefs';

export interface Field {
  readonly mutation: MutationName;
  readonly input: Readonly<Record<string, unknown>>;
}

interface MutationDocument {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Renders fields as one document. GitHub runs them in their order, one after the other. */
export function mutationDocument(name: string, fields: readonly Field[]): MutationDocument {
  const variables = fields.map(({ mutation }, index) => `$i${index}: ${inputType(mutation)}!`);
  const selections = fields.map(
    ({ mutation }, index) =>
      `  ${aliasOf(index)}: ${mutation}(input: $i${index}) {\n    clientMutationId\n  }\n`,
  );
  return {
    query: `mutation ${name}(${variables.join(', ')}) {\n${selections.join('')}}\n`,
    variables: Object.fromEntries(fields.map(({ input }, index) => [`i${index}`, input])),
  };
}

export function aliasOf(index: number): string {
  return `f${index}`;
}

/** By GitHub's convention. */
function inputType(mutation: MutationName): string {
  return `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
}
