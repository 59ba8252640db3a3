import { type Logger, Probot } from 'probot';

import { UnpacedOctokit } from './github/octokit.js';

/** What the app needs to know of itself to talk to GitHub. */
export interface Credentials {
  readonly appId: number;
  /** The private key in PEM. */
  readonly privateKey: string;
  readonly secret: string | undefined;
  /** Address of the API without a slash at the end. */
  readonly api: string;
}

/** A Probot that authenticates as the app and leaves pace and retries to us. It writes errors with their payloads, so its log has to leave those out. */
export function createProbotApp({ appId, privateKey, secret, api }: Credentials, log: Logger): Probot {
  return new Probot({
    appId,
    privateKey,
    baseUrl: api,
    Octokit: UnpacedOctokit,
    log,
    ...(secret !== undefined && { secret }),
  });
}
