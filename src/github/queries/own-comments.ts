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
