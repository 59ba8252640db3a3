import { Octokit } from '@octokit/rest';

import type { Info, Role } from './github.js';

/** Somebody with an account and a token, who uses GitHub's REST API like any other client. */
export interface Person {
  readonly login: string;
  readonly rest: Octokit['rest'];
  /** Comments on an issue or a pull request. */
  comment(number: number, body: string): Promise<void>;
}

/** The repository, in the form that every request wants. */
export interface Repo {
  readonly owner: string;
  readonly repo: string;
}

export function repoOf({ repository }: Info): Repo {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}

export function personOf(info: Info, role: Role): Person {
  const quiet = () => undefined;
  const { rest } = new Octokit({
    baseUrl: info.api,
    auth: info.tokens[role],
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  return {
    login: info.users[role],
    rest,
    async comment(number, body) {
      await rest.issues.createComment({ ...repoOf(info), issue_number: number, body });
    },
  };
}
