import type { Payload } from './webhooks.js';

/** Who did what to which thing. Sentences of the same doer and deed are said as one. */
export interface Sentence {
  readonly who: string;
  readonly did: string;
  readonly what: string;
}

/** Pull requests by branch and by commit, as the webhooks show them. */
export interface Names {
  readonly byBranch: Map<string, number>;
  readonly bySha: Map<string, number>;
}

type Deed = Omit<Sentence, 'who'>;
type Teller = (payload: Payload, names: Names) => Deed | null;

/** What a webhook says, in a few words; null for what only repeats another. */
export function sentenceOf(event: string, payload: Payload, names: Names): Sentence | null {
  const deed = TELLERS[event]?.(payload, names) ?? null;
  return deed && { who: payload.sender.login.replace('[bot]', ''), ...deed };
}

const TELLERS: Readonly<Record<string, Teller>> = {
  issues: tellIssue,
  issue_comment: tellComment,
  pull_request: tellPull,
  pull_request_review: ({ action, pull_request: pull }) =>
    action === 'submitted' ? { did: 'approves', what: `#${pull?.number}` } : null,
  push: tellPush,
  delete: ({ ref = '' }) => ({ did: 'deletes the branch', what: ref }),
  check_run: tellCheck,
};

/** True for the issue that shows the whole deployment. */
export function isTracker({ labels }: NonNullable<Payload['issue']>): boolean {
  return labels.some(({ name }) => name === 'subagent:tracking');
}

function tellIssue({ action, issue, label }: Payload): Deed | null {
  if (issue === undefined) return null;
  const kind = isTracker(issue) ? 'the tracking issue' : 'issue';
  const what = `#${issue.number}`;
  if (action === 'labeled' && !isTracker(issue)) return { did: `puts the label ${label?.name} on`, what };
  if (action === 'unlabeled') return { did: `takes the label ${label?.name} off`, what };
  if (action === 'opened') return { did: `opens ${kind}`, what };
  return action === 'closed' ? { did: `closes ${kind}`, what } : null;
}

function tellComment({ action, issue, comment }: Payload): Deed | null {
  if (action !== 'created') return null;
  const [line = ''] =
    comment?.body
      .replaceAll(/[*`]/g, '')
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .split('\n', 1) ?? [];
  const text = line.length > 70 ? `${line.slice(0, 69)}…` : line;
  return { did: `writes “${text}” on`, what: `#${issue?.number}` };
}

function tellPull({ action, pull_request: pull }: Payload): Deed | null {
  if (action === 'ready_for_review') return { did: 'marks as ready for review', what: `#${pull?.number}` };
  if (action !== 'opened') return null;
  const issue = pull?.head.ref.replace('feature/issue-', '#');
  return { did: 'opens draft pull requests:', what: `#${pull?.number} for issue ${issue}` };
}

/** The first pushes to a branch make it, before there is a pull request. */
function tellPush(
  { ref = '', after = '', forced, deleted, head_commit: commit }: Payload,
  { byBranch, bySha }: Names,
): Deed | null {
  const branch = ref.replace('refs/heads/', '');
  const short = after.slice(0, 7);
  if (branch === 'main') return { did: 'lands', what: `#${bySha.get(after)}: main is now ${short}` };
  const pull = byBranch.get(branch);
  if (pull === undefined || deleted === true) return null;
  if (forced === true) return { did: 'rebases', what: `#${pull} on main: its head is now ${short}` };
  const isCleanUp = commit?.message.startsWith('Remove the task file') === true;
  return { did: isCleanUp ? 'takes the task file out of' : 'pushes work to', what: `#${pull}` };
}

function tellCheck({ action, check_run: run }: Payload, { bySha }: Names): Deed | null {
  const pull = bySha.get(run?.head_sha ?? '');
  if (run === undefined || pull === undefined) return null;
  if (run.name !== 'ci') return { did: `says “${run.output.title}” on`, what: `#${pull}` };
  if (action !== 'completed') return null;
  return { did: `reports ${run.conclusion} for`, what: `#${pull} (${run.head_sha.slice(0, 7)})` };
}
