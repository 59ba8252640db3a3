import { Probot } from 'probot';

import { UnpacedOctokit } from './github/octokit.js';

/** What the app needs to know of itself to talk to GitHub. */
export interface Credentials {
  readonly appId: number;
  /** The private key in PEM. */
  readonly privateKey: string;
  readonly secret: string;
  /** Address of the API without a slash at the end. */
  readonly api: string;
}

/** A Probot that authenticates as the app and leaves pace and retries to us. Its own log shows only what is fatal. */
export function createProbotApp({ appId, privateKey, secret, api }: Credentials): Probot {
  return new Probot({ appId, privateKey, secret, baseUrl: api, Octokit: UnpacedOctokit, logLevel: 'fatal' });
}
