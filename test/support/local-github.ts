import type * as localGithub from '../../packages/local-github/src/index.js';
import { loadOnce } from './load-once.js';

/** What tests get for `@yardmaster/local-github`. */
export const { SeedError, startLocalGithub } = await loadOnce<typeof localGithub>(
  'packages/local-github/src/index.ts',
);
