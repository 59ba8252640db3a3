/** The commit that records a task: who approved what, and when, in trailers that are read back from it. */

/** What the trailers of a task commit say. */
export interface TaskRecord {
  readonly issue: number;
  /** Hexadecimal SHA-256 of the issue's body as it was on GitHub. */
  readonly bodySha256: string;
  /** The login of the approver. */
  readonly approvedBy: string;
  /** ISO 8601, as GitHub gave it. */
  readonly approvedAt: string;
  /** The node id of the event or comment that is the approval. */
  readonly approvalEvent?: string | undefined;
}

export interface CommitText {
  readonly headline: string;
  readonly body: string;
}

const FORMS = {
  Issue: /^#[1-9]\d{0,9}$/,
  'Issue-Body-SHA256': /^[0-9a-f]{64}$/,
  'Approved-By': /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\[bot\])?$/,
  'Approved-At': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/,
  'Approval-Event': /^[A-Za-z0-9_=+/-]{1,200}$/,
} satisfies Record<string, RegExp>;

type TrailerName = keyof typeof FORMS;

/** The commit's text. Throws on a value that could not be read back: a task without its approval is worth nothing. */
export function renderTaskCommit(record: TaskRecord): CommitText {
  const trailers = [
    trailer('Issue', `#${record.issue}`),
    trailer('Issue-Body-SHA256', record.bodySha256),
    trailer('Approved-By', record.approvedBy),
    trailer('Approved-At', record.approvedAt),
    ...(record.approvalEvent === undefined ? [] : [trailer('Approval-Event', record.approvalEvent)]),
  ];
  return {
    headline: `Record the task of issue ${record.issue}`,
    body: `The text of the issue as it was approved.\n\n${trailers.join('\n')}`,
  };
}

function trailer(name: TrailerName, value: string): string {
  if (!FORMS[name].test(value)) throw new Error(`the trailer ${name} cannot hold ${JSON.stringify(value)}`);
  return `${name}: ${value}`;
}

/**
 * What a task commit's message records. As git does, only the last paragraph is read. `undefined` if one of the
 * trailers is missing, there twice or not of its form: then it is no task commit.
 */
export function parseTaskTrailers(message: string): TaskRecord | undefined {
  const paragraphs = message
    .replace(/\r\n?/g, '\n')
    .trimEnd()
    .split(/\n[ \t]*\n/);
  const lines = paragraphs.length < 2 ? [] : (paragraphs.at(-1) ?? '').split('\n');
  const issue = valueOf(lines, 'Issue');
  const bodySha256 = valueOf(lines, 'Issue-Body-SHA256');
  const approvedBy = valueOf(lines, 'Approved-By');
  const approvedAt = valueOf(lines, 'Approved-At');
  const hasEvent = lines.some((line) => line.startsWith('Approval-Event:'));
  const approvalEvent = valueOf(lines, 'Approval-Event');
  if (
    issue === undefined ||
    bodySha256 === undefined ||
    approvedBy === undefined ||
    approvedAt === undefined
  ) {
    return undefined;
  }
  if (hasEvent && approvalEvent === undefined) return undefined;
  return { issue: Number(issue.slice(1)), bodySha256, approvedBy, approvedAt, approvalEvent };
}

function valueOf(lines: readonly string[], name: TrailerName): string | undefined {
  const found = lines.filter((line) => line.startsWith(`${name}:`));
  const value = found[0]?.slice(name.length + 1).trim();
  return found.length === 1 && value !== undefined && FORMS[name].test(value) ? value : undefined;
}
