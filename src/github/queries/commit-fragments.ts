/** What documents that read commits share. */

import { page } from './page.js';

/** The checks on a commit. Needs CONTEXT. */
export const CHECKS = /* GraphQL */ `
  fragment Checks on Commit {
    oid
    statusCheckRollup { contexts(first: 100) {${page('...Context')}} }
  }
`;

/** A commit with what tells whose it is. */
export const COMMIT = /* GraphQL */ `
  fragment CommitParts on Commit {
    oid
    message
    committedDate
    author {
      email
      user {
        databaseId
        login
      }
    }
    authors(first: 20) {
      totalCount
      nodes {
        user {
          login
        }
      }
    }
    committer {
      user {
        login
      }
    }
    signature {
      isValid
      wasSignedByGitHub
    }
  }
`;
