import { ProbotOctokit } from 'probot';

/**
 * Probot's Octokit without its retry and throttling plugins: what failed is for the queue to try again, since a request
 * that is repeated may take effect twice, and the lanes keep the distance between requests on a clock that can be moved.
 * The plugins can only be switched off by a function: Probot overwrites an object.
 */
export const UnpacedOctokit: typeof ProbotOctokit = ProbotOctokit.defaults(
  (options: Record<string, unknown>) => ({
    ...options,
    retry: { enabled: false },
    throttle: { enabled: false },
  }),
);
