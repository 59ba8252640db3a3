import { codeSpan } from '../text/code.js';
import type { Fault } from './command.js';
import type { Place } from './registry.js';

/** What a message needs to know besides the fault. */
export interface ProblemContext {
  readonly prefix: string;
  /** The number of the tracking issue, if there is one. */
  readonly trackingIssue: number | null;
}

/** People's words are shown at most this long. */
const MAX_SHOWN = 60;
const DASHES = /^(?:--\S|[—–])/;

/** One or two sentences that say what is wrong and how to mend it. They never begin with a slash. */
export function problemText(fault: Fault, context: ProblemContext): string {
  const help = codeSpan(`${context.prefix} help`);
  switch (fault.kind) {
    case 'missing-verb':
      return `there is no command behind ${codeSpan(context.prefix)}. ${help} lists all commands.`;
    case 'unknown-verb': {
      const meant = fault.suggestion === null ? '' : ` Did you mean ${codeSpan(fault.suggestion)}?`;
      return `I don't know ${shown(fault.word)}.${meant} ${help} lists all commands.`;
    }
    case 'not-available':
      return `${codeSpan(fault.verb)} is not available yet in this version.`;
    case 'wrong-place':
      return `${codeSpan(fault.verb)} works on ${placesText(fault.places, context.trackingIssue)}.`;
    case 'bad-argument': {
      const hint = DASHES.test(fault.got) ? ' (a reason begins with `--` and a space)' : '';
      return `${codeSpan(fault.verb)} takes ${fault.expected}; got ${shown(fault.got)}${hint}.`;
    }
    case 'missing-argument':
      return `${codeSpan(fault.verb)} takes ${fault.expected}; got nothing.`;
    case 'duplicate-key':
      return `${codeSpan(fault.verb)} was given ${shown(fault.key)} twice.`;
    case 'unclosed-quote':
      return `the quote behind ${shown(`${fault.key}=`)} of ${codeSpan(fault.verb)} is not closed.`;
    case 'missing-reason':
      return `${codeSpan(fault.verb)} needs a reason: ${codeSpan(`${context.prefix} ${fault.verb} -- reason`)}.`;
    case 'reason-too-long':
      return `the reason of ${codeSpan(fault.verb)} has ${fault.length} characters; at most 200 are kept.`;
    case 'too-many-commands':
      return `a comment may hold at most 10 commands; this one has ${fault.count}.`;
  }
}

function shown(word: string): string {
  return codeSpan(word, MAX_SHOWN);
}

/** `the tracking issue, which is #12`, or the list of places where it works. */
function placesText(places: readonly Place[], trackingIssue: number | null): string {
  const which =
    trackingIssue === null ? 'the tracking issue' : `the tracking issue, which is #${trackingIssue}`;
  const names = places.flatMap((place) => {
    switch (place) {
      case 'issue':
        return ['an issue of the deployment'];
      case 'pull request':
        return ['its pull request'];
      case 'tracking issue':
        return [which];
      case 'elsewhere':
        return [];
    }
  });
  const last = names.pop() ?? 'no page';
  return names.length === 0 ? last : `${names.join(', ')} or ${last}`;
}
