import { aliased, variablesOf } from './aliases.js';

/** The last hundred comments of an issue or pull request: the app's own are looked through for what it has said. */
export const OWN_COMMENTS = /* GraphQL */ `
  query OwnComments($owner: String!, $name: String!, $number: Int!) {
    repository(owner: $owner, name: $name) {
      issueOrPullRequest(number: $number) {
        ... on Issue {
          comments(last: 100) {
            nodes {
              databaseId
              viewerDidAuthor
              body
            }
          }
        }
        ... on PullRequest {
          comments(last: 100) {
            nodes {
              databaseId
              viewerDidAuthor
              body
            }
          }
        }
      }
    }
  }
`;

const SAID = 'pageInfo { hasPreviousPage startCursor } nodes { viewerDidAuthor createdAt body }';

/** The last hundred comments of several issues and pull requests, as `a0`, `a1` …. */
export function saidDocument(count: number): string {
  const field = (index: number) => /* GraphQL */ `
    a${index}: issueOrPullRequest(number: $number${index}) {
      ... on Issue { comments(last: 100) {${SAID}} }
      ... on PullRequest { comments(last: 100) {${SAID}} }
    }`;
  return /* GraphQL */ `
    query Said($owner: String!, $name: String!, ${variablesOf(count, 'number', 'Int!')}) {
      repository(owner: $owner, name: $name) { ${aliased(count, field)} }
    }
  `;
}

/** The hundred comments before these. */
export const MORE_SAID = /* GraphQL */ `
  query MoreSaid($owner: String!, $name: String!, $number: Int!, $before: String!) {
    repository(owner: $owner, name: $name) {
      thread: issueOrPullRequest(number: $number) {
        ... on Issue { comments(last: 100, before: $before) {${SAID}} }
        ... on PullRequest { comments(last: 100, before: $before) {${SAID}} }
      }
    }
  }
`;

export interface OwnComments {
  readonly repository: {
    readonly issueOrPullRequest: {
      readonly comments: {
        readonly nodes: readonly ({
          readonly databaseId: number;
          readonly viewerDidAuthor: boolean;
          readonly body: string;
        } | null)[];
      };
    };
  };
}

/** Ids of the app's own comments that hold a marker on a line of its own: of comments they only grow. */
export function idsOfSaid({ repository }: OwnComments, mark: string): readonly number[] {
  return repository.issueOrPullRequest.comments.nodes.flatMap((one) =>
    one?.viewerDidAuthor === true && one.body.split(/\r\n|\r|\n/).includes(mark) ? [one.databaseId] : [],
  );
}
