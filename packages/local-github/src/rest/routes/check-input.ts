import type { CheckRunChange, OutputInput } from '../../domain/checks/input.js';
import { notServed, unprocessable } from '../../domain/errors.js';
import type { Annotation, CheckAction } from '../../state/model.js';
import { serveOnly } from './issue-target.js';

/** What creating and updating a run have in common, as GitHub's description has it. */
interface Body {
  readonly details_url?: string;
  readonly external_id?: string;
  readonly status?: string;
  readonly conclusion?: string;
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary?: string;
    readonly text?: string;
    readonly annotations?: readonly AnnotationBody[];
    readonly images?: readonly unknown[];
  };
  readonly actions?: readonly CheckAction[];
}

interface AnnotationBody {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: Annotation['level'];
  readonly message: string;
  readonly title?: string;
}

const CONCLUSIONS = [
  'action_required',
  'cancelled',
  'failure',
  'neutral',
  'success',
  'skipped',
  'timed_out',
] as const;
const STATUSES = ['queued', 'in_progress', 'completed'] as const;

function oneOf<Value extends string>(field: string, values: readonly Value[], given: string | undefined) {
  if (given === undefined) return undefined;
  const value = values.find((one) => one === given);
  if (value === undefined) throw unprocessable(`${field} of an app's check run cannot be ${given}`);
  return value;
}

/** The body of `checks/create` and `checks/update` in the words of the domain. */
export function checkRunChange(body: Body): CheckRunChange {
  return {
    status: oneOf('status', STATUSES, body.status),
    conclusion: oneOf('conclusion', CONCLUSIONS, body.conclusion),
    externalId: body.external_id,
    detailsUrl: body.details_url,
    startedAt: body.started_at,
    completedAt: body.completed_at,
    output: body.output && outputOf(body.output),
    actions: body.actions,
  };
}

function outputOf(output: NonNullable<Body['output']>): OutputInput {
  const { title, summary, text, annotations, images = [] } = output;
  if (images.length > 0) throw notServed('images of a check run');
  return { title, summary, text, annotations: annotations?.map(annotationOf) };
}

function annotationOf(annotation: AnnotationBody): Annotation {
  serveOnly('annotations', annotation, [
    'path',
    'start_line',
    'end_line',
    'annotation_level',
    'message',
    'title',
  ]);
  return {
    path: annotation.path,
    startLine: annotation.start_line,
    endLine: annotation.end_line,
    level: annotation.annotation_level,
    message: annotation.message,
    title: annotation.title ?? null,
  };
}
