import { marker } from '../../core/names/markers.js';
import { type WriteContext, query, send } from './context.js';

const OWN_COMMENTS = /* GraphQL */ `
  query OwnComments($owner: String!, $name: String!, $number: Int!) {
    repository(owner: $owner, name: $name) {
      issueOrPullRequest(number: $number) {
        ... on Issue {
          comments(last: 100) {
            nodes {
              viewerDidAuthor
              body
            }
          }
        }
        ... on PullRequest {
          comments(last: 100) {
            nodes {
              viewerDidAuthor
              body
            }
          }
        }
      }
    }
  }
`;

interface OwnComments {
  readonly repository: {
    readonly issueOrPullRequest: {
      readonly comments: {
        readonly nodes: readonly ({
          readonly viewerDidAuthor: boolean;
          readonly body: string;
        } | null)[];
      };
    };
  };
}

/**
 * Says something on an issue or pull request once per cause: the comment carries a marker of its cause, and the app's own
 * among the last hundred comments are looked through for it first. If they cannot be read, nothing is written.
 */
export async function comment(
  context: WriteContext,
  said: { readonly number: number; readonly body: string; readonly cause: string },
): Promise<void> {
  const { number, body, cause } = said;
  const mark = marker('said', { cause });
  if (await isSaid(context, number, mark)) return;
  await send(context, 'POST', '/issues/{issue_number}/comments', {
    issue_number: number,
    body: `${withoutCommands(body)}\n\n${mark}`,
  });
}

async function isSaid(context: WriteContext, number: number, mark: string): Promise<boolean> {
  const { repository } = await query<OwnComments>(context, OWN_COMMENTS, { number });
  return repository.issueOrPullRequest.comments.nodes.some(
    (one) => one?.viewerDidAuthor === true && one.body.split(/\r\n|\r|\n/).includes(mark),
  );
}

/** A line that begins with a slash could be taken for a command, by this app or by another. */
function withoutCommands(body: string): string {
  return body.replace(/^([^\S\n]*)\//gm, '$1\\/');
}
