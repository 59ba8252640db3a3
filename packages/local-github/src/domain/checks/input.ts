import type { Annotation, CheckAction, CheckConclusion, CheckStatus } from '../../state/model.js';
import { type FieldError, unprocessable } from '../errors.js';

/** The conclusions that an app may set; only GitHub itself calls a run stale. */
export type GivenConclusion = Exclude<CheckConclusion, 'stale'>;

export interface OutputInput {
  readonly title?: string | null | undefined;
  readonly summary?: string | null | undefined;
  readonly text?: string | null | undefined;
  readonly annotations?: readonly Annotation[] | undefined;
}

/** What an app says of a run. With a conclusion the run is completed, whatever `status` says. */
export interface CheckRunChange {
  readonly name?: string | undefined;
  readonly status?: CheckStatus | undefined;
  readonly conclusion?: GivenConclusion | undefined;
  readonly externalId?: string | undefined;
  readonly detailsUrl?: string | undefined;
  readonly startedAt?: string | undefined;
  readonly completedAt?: string | undefined;
  readonly output?: OutputInput | undefined;
  readonly actions?: readonly CheckAction[] | undefined;
}

const TEXT_LIMIT = 65_535;
const ANNOTATION_LIMIT = 50;
/** Characters of the title, bytes of the message. */
const ANNOTATION_LIMITS = { title: 255, message: 65_536 } as const;
const ACTION_LIMIT = 3;
const ACTION_LIMITS = { label: 20, description: 40, identifier: 20 } as const;

/**
 * Throws 422 for what is over GitHub's limits: 65,535 characters of summary and text, 50 annotations a request, each on
 * lines from 1 with a title of 255 characters and a message of 64 KB, 3 actions with 20 characters of label, 40 of
 * description, 20 of identifier; and for completed without a conclusion.
 * https://docs.github.com/en/rest/checks/runs#create-a-check-run
 */
export function checkInput(input: CheckRunChange): void {
  const { output, actions = [] } = input;
  for (const field of ['summary', 'text'] as const) {
    if ((output?.[field] ?? '').length > TEXT_LIMIT) {
      refuse(field, `${field} exceeds a maximum length of ${TEXT_LIMIT} characters`);
    }
  }
  if ((output?.annotations ?? []).length > ANNOTATION_LIMIT) {
    refuse('annotations', `annotations exceeds a maximum quantity of ${ANNOTATION_LIMIT}`);
  }
  for (const annotation of output?.annotations ?? []) checkAnnotation(annotation);
  if (actions.length > ACTION_LIMIT)
    refuse('actions', `actions exceeds a maximum quantity of ${ACTION_LIMIT}`);
  for (const action of actions) {
    for (const field of ['label', 'description', 'identifier'] as const) {
      const limit = ACTION_LIMITS[field];
      if (action[field].length > limit)
        refuse(field, `${field} exceeds a maximum length of ${limit} characters`);
    }
  }
  if (input.status === 'completed' && input.conclusion === undefined) {
    refuse('conclusion', 'conclusion is required when status is completed');
  }
  if (input.completedAt !== undefined && input.conclusion === undefined) {
    refuse('conclusion', 'conclusion is required when completed_at is given');
  }
}

function checkAnnotation({ startLine, endLine, title, message }: Annotation): void {
  if (startLine < 1 || endLine < startLine) refuse('annotations', 'annotations must be on lines of the file');
  if ((title ?? '').length > ANNOTATION_LIMITS.title)
    refuse('annotations', `title exceeds a maximum length of ${ANNOTATION_LIMITS.title} characters`);
  if (Buffer.byteLength(message) > ANNOTATION_LIMITS.message)
    refuse('annotations', 'message exceeds a maximum size of 64 KB');
}

function refuse(field: string, message: string): never {
  const error: FieldError = { resource: 'CheckRun', code: 'custom', field, message };
  throw unprocessable('Validation Failed', [error]);
}
