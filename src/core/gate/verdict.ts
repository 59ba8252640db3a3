import type { Digest } from '../names/labels.js';
import { type GateId, type LandingRecord, formatGateId } from '../names/gate-id.js';
import { shortSha } from '../names/members.js';
import { type GateReason, weightOf } from '../reasons/reason.js';
import { type Phrases, treeKey, treeLines, treeOf } from '../reasons/tree.js';
import { say } from '../reasons/words.js';
import { cutText } from '../text/clean.js';
import { escapeMarkdown, withCommit } from '../text/escape.js';
import { formatMinute } from '../text/time.js';
import { type Button, CHECK_AGAIN, UNDO_OVERRIDE } from './buttons.js';
import { MAX_TITLE, type Override, overrideTitle } from './override.js';

/** What the gate of one head says, ready to be published as a check run. */
export interface Verdict {
  readonly status: 'in_progress' | 'completed';
  /** Never `neutral` or `skipped`: those satisfy a required check. */
  readonly conclusion: 'success' | 'failure' | null;
  readonly title: string;
  readonly summary: string;
  /** At most three, and none on a run that is not completed: GitHub shows them only there. */
  readonly buttons: readonly Button[];
  readonly externalId: string;
  /** What it says of lines of a file; at most 50 (GitHub's limit of a request). */
  readonly annotations?: readonly Annotation[];
}

/** A word on one line of a file, which GitHub shows beside it. Plain text. */
export interface Annotation {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly title: string;
  readonly message: string;
}

/** How the head stands: what keeps it back, and what the gate's record holds for it. */
export interface Situation {
  /** null for a pull request that is not part of a deployment. */
  readonly reasons: readonly GateReason[] | null;
  readonly sha: string;
  readonly landing: LandingRecord | null;
  readonly override: Override | null;
  readonly around: Surroundings;
}

/** What is the same for all heads of a repository. */
export interface Surroundings {
  /** Address of the tracking issue; null while there is none. */
  readonly tracker: string | null;
  /** Address of the repository's web page, without a slash at the end. */
  readonly repository: string;
  /** That of the slash commands. */
  readonly prefix: string;
  readonly phrases: Phrases;
}

/**
 * A verdict whose summary is not in words yet: nearly all are those that are published already, and the words cost more
 * than all else.
 */
export type Judgement = Omit<Verdict, 'summary'> & { readonly summary: Summary };

export interface Summary {
  /** All that the words are made of: equal keys give equal words. */
  readonly key: string;
  readonly words: () => string;
}

/** What a run says, without the record by which it is known again. */
export type Judged = Omit<Judgement, 'externalId'>;

/** The verdict of one situation. Equal situations give equal verdicts, byte for byte. */
export function judgementOf(situation: Situation, digest: Digest): Judgement {
  return sealed(judge(situation), digest, situation);
}

/** A verdict as it is published. */
export function inWords(judgement: Judgement): Verdict {
  return { ...judgement, summary: judgement.summary.words() };
}

/** The verdict with its record: a digest of all that it says, and what holds for the head. */
export function sealed(
  judged: Judged,
  digest: Digest,
  { landing, override }: Pick<GateId, 'landing' | 'override'> = { landing: null, override: null },
): Judgement {
  const { status, conclusion, summary, buttons } = judged;
  const title = cutText(judged.title, MAX_TITLE);
  const verdict = digest(
    [status, conclusion, title, summary.key, ...buttons.map((each) => each.identifier)].join('\n'),
  ).slice(0, 12);
  return { ...judged, title, externalId: formatGateId({ verdict, landing, override }) };
}

function judge({ reasons, override, sha, around }: Situation): Judged {
  if (reasons === null) {
    return free(
      'Not part of a subagent deployment',
      'No subagent deployment speaks of this pull request, so nothing keeps it from merging here.',
    );
  }
  if (override !== null) {
    const title = overrideTitle(override, sha);
    const comment = `${around.repository}/issues/${override.on}#issuecomment-${override.comment}`;
    const at = override.at === null ? '' : `, ${formatMinute(override.at)}`;
    const summary = `${withCommit(escapeMarkdown(title), shortSha(sha))} ([comment](${comment})${at}).\n\n${OVERRIDE_ENDS}`;
    return { ...free(title, summary, around.tracker), buttons: [UNDO_OVERRIDE] };
  }
  const first = reasons[0];
  if (first === undefined) {
    return free(
      'Free to merge: nothing to wait for',
      'Everything that this pull request depends on is done.',
      around.tracker,
    );
  }
  const more = reasons.length === 1 ? '' : ` and ${reasons.length - 1} more`;
  const stopped = reasons.some((reason) => weightOf(reason) === 'stop');
  return {
    status: stopped ? 'completed' : 'in_progress',
    conclusion: stopped ? 'failure' : null,
    title: `${say(first)}${more}`,
    summary: withTracker(summarise(reasons, around), around.tracker),
    buttons: stopped ? [CHECK_AGAIN] : [],
  };
}

const OVERRIDE_ENDS =
  'The next commit ends the override. A maintainer ends it at once with the button *Undo override*.';

/** A success, in these words; the summary ends in a link to the tracking issue, if there is one. */
export function free(title: string, summary: string, tracker: string | null = null): Judged {
  return {
    status: 'completed',
    conclusion: 'success',
    title,
    summary: withTracker({ key: summary, words: () => summary }, tracker),
    buttons: [],
  };
}

function summarise(reasons: readonly GateReason[], { prefix, phrases }: Surroundings): Summary {
  const tree = treeOf(reasons);
  return {
    key: `${prefix}\n${treeKey(tree, phrases)}`,
    words: () =>
      [
        'This pull request may not merge yet. What unblocks it:',
        '',
        ...treeLines(tree, prefix, phrases),
      ].join('\n'),
  };
}

/** A summary that ends in a link to the tracking issue, if there is one. */
export function withTracker(summary: Summary, tracker: string | null): Summary {
  if (tracker === null) return summary;
  return {
    key: `${summary.key}\n${tracker}`,
    words: () => `${summary.words()}\n\nThe whole deployment: [tracking issue](${tracker})`,
  };
}

type Strictness = Pick<Verdict, 'status' | 'conclusion'>;

/** Of two verdicts for one head, the one that holds back more. */
export function stricter<T extends Strictness>(a: T, b: T): T {
  return severity(b) > severity(a) ? b : a;
}

function severity({ status, conclusion }: Strictness): number {
  if (status === 'in_progress') return 1;
  return conclusion === 'failure' ? 2 : 0;
}
