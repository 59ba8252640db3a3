import type { CheckRunChange, GivenConclusion, OutputInput } from '../../domain/checks/input.js';
import { createCheckRun, updateCheckRun } from '../../domain/checks/runs.js';
import { notFound, unprocessable } from '../../domain/errors.js';
import type { CheckAction, CheckStatus } from '../../state/model.js';
import type { Mutation } from '../mutation.js';
import { checkRunNamed, given, refuseKeys, repositoryNamed } from './target.js';

const CHECKS = [{ checks: 'write' }] as const;

const LEVELS = { NOTICE: 'notice', WARNING: 'warning', FAILURE: 'failure' } as const;

interface Output {
  readonly title: string;
  readonly summary: string;
  readonly text?: string | null;
  readonly annotations?:
    | readonly {
        readonly annotationLevel: keyof typeof LEVELS;
        readonly location: { readonly startLine: number; readonly endLine: number };
        readonly message: string;
        readonly path: string;
        readonly title?: string | null;
      }[]
    | null;
}

interface Change {
  readonly name?: string | null;
  readonly status?: string | null;
  readonly conclusion?: string | null;
  readonly externalId?: string | null;
  readonly detailsUrl?: string | null;
  readonly startedAt?: string | null;
  readonly completedAt?: string | null;
  readonly output?: Output | null;
  readonly actions?: readonly CheckAction[] | null;
}

const CONCLUSIONS = {
  ACTION_REQUIRED: 'action_required',
  CANCELLED: 'cancelled',
  FAILURE: 'failure',
  NEUTRAL: 'neutral',
  SUCCESS: 'success',
  SKIPPED: 'skipped',
  TIMED_OUT: 'timed_out',
} as const satisfies Record<string, GivenConclusion>;

const STATUSES = {
  QUEUED: 'queued',
  IN_PROGRESS: 'in_progress',
  COMPLETED: 'completed',
} as const satisfies Record<string, CheckStatus>;

/** The domain's word; 422 for what only GitHub itself and GitHub Actions may set. */
function word<Word>(
  words: Readonly<Record<string, Word>>,
  name: string | null | undefined,
): Word | undefined {
  if (!name) return undefined;
  const found = words[name];
  if (found === undefined) throw unprocessable(`${name} cannot be set by a GitHub App.`);
  return found;
}

function outputOf(output: Output | null | undefined): OutputInput | undefined {
  if (!output) return undefined;
  refuseKeys(output, ['images']);
  return {
    title: output.title,
    summary: output.summary,
    text: given(output.text),
    annotations: (output.annotations ?? []).map((annotation) => {
      refuseKeys(annotation, ['rawDetails']);
      refuseKeys(annotation.location, ['startColumn', 'endColumn']);
      const { path, message, title, location, annotationLevel } = annotation;
      const { startLine, endLine } = location;
      return { path, message, title: title ?? null, startLine, endLine, level: LEVELS[annotationLevel] };
    }),
  };
}

function changeOf(input: Change): CheckRunChange {
  return {
    name: given(input.name),
    status: word(STATUSES, input.status),
    conclusion: word(CONCLUSIONS, input.conclusion),
    externalId: given(input.externalId),
    detailsUrl: given(input.detailsUrl),
    startedAt: given(input.startedAt),
    completedAt: given(input.completedAt),
    output: outputOf(input.output),
    actions: given(input.actions),
  };
}

export const checkMutations: Readonly<Record<string, Mutation>> = {
  createCheckRun: {
    access: CHECKS,
    async run(context, input: Change & { repositoryId: string; name: string; headSha: string }) {
      const repository = repositoryNamed(context, input.repositoryId);
      const { name, headSha } = input;
      return { checkRun: await createCheckRun(context, repository, { ...changeOf(input), name, headSha }) };
    },
  },
  updateCheckRun: {
    access: CHECKS,
    run(context, input: Change & { repositoryId: string; checkRunId: string }) {
      const repository = repositoryNamed(context, input.repositoryId);
      const run = checkRunNamed(context, input.checkRunId);
      if (run.repositoryId !== repository.id) throw notFound();
      return { checkRun: updateCheckRun(context, run, changeOf(input)) };
    },
  },
};
