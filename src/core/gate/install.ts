import type { Digest } from '../names/labels.js';
import { formatGateId } from '../names/gate-id.js';
import { codeSpan } from '../text/code.js';
import type { Verdict } from './verdict.js';

/**
 * The one success at install, on the head of the base: a check can be chosen as required once it has succeeded in the
 * repository within the last seven days.
 * https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks
 */
export function installVerdict(gate: string, base: string, digest: Digest): Verdict {
  const title = 'Ready to be chosen as a required check';
  const summary =
    `An admin can now require ${codeSpan(gate)}, with this app as its source, in the rules of ${codeSpan(base)}: ` +
    'then no pull request merges before what it depends on. Pull requests that are not part of a subagent deployment ' +
    'always pass.';
  const verdict = digest(JSON.stringify({ title, summary })).slice(0, 12);
  const externalId = formatGateId({ verdict, landing: null, override: null });
  return { status: 'completed', conclusion: 'success', title, summary, buttons: [], externalId };
}
