import type { Mutation } from '../mutation.js';
import { checkMutations } from './checks.js';
import { issueMutations } from './issues.js';
import { queueMutations } from './merge-queue.js';
import { pullMutations } from './pulls.js';
import { refMutations } from './refs.js';
import { threadMutations } from './threads.js';

/** Every mutation that is served, by its field. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  ...issueMutations,
  ...threadMutations,
  ...refMutations,
  ...pullMutations,
  ...queueMutations,
  ...checkMutations,
};
