import type { Digest } from '../names/labels.js';
import { codeSpan } from '../text/code.js';
import { type Judgement, free, sealed } from './verdict.js';

/**
 * The one success at install, on the head of the base: a check can be chosen as required once it has succeeded in the
 * repository within the last seven days.
 * https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks
 */
export function installVerdict(gate: string, base: string, digest: Digest): Judgement {
  const title = 'Ready to be chosen as a required check';
  const summary =
    `An admin can now require ${codeSpan(gate)}, with this app as its source, in the rules of ${codeSpan(base)}: ` +
    'then no pull request merges before what it depends on. Pull requests that are not part of a subagent deployment ' +
    'always pass.';
  return sealed(free(title, summary), digest);
}
