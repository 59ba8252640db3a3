import { AppError } from '../../app/errors.js';
import type { GateWrite, PublishGates } from '../../core/actions/action.js';
import type { Annotation } from '../../core/gate/verdict.js';
import { shortSha } from '../../core/names/members.js';
import { formatTime } from '../../core/text/time.js';
import type { WriteContext } from './context.js';
import type { Field } from './mutation.js';
import type { Part } from './part.js';

/** The gates of an action, each one check run to make or to update. */
export async function gateParts(
  context: WriteContext,
  index: number,
  { name, gates }: PublishGates,
): Promise<readonly Part[]> {
  const repositoryId = await context.repositoryId();
  return gates.flatMap((gate) => {
    const what = `${name} on ${shortSha(gate.sha)}`;
    const written: Part = {
      index,
      what,
      field: checkRun(repositoryId, name, gate),
      refused({ type, message, error }) {
        // A run that was there a moment ago: the next snapshot tells what is there now.
        const passing = gate.run !== null && type === 'NOT_FOUND';
        return Promise.reject(passing ? new AppError('transient', message, { cause: error }) : error);
      },
    };
    if (gate.replaces === undefined) return [written];
    const field = ended(repositoryId, gate.replaces);
    // What cannot be ended is superseded all the same.
    return [written, { index, what, field, refused: ({ message }) => Promise.resolve(message) }];
  });
}

/** Ends the run that a new one replaces, in time or because somebody asked for it. Cancelled, which satisfies no required check. */
function ended(repositoryId: string, checkRunId: string): Field {
  const output = {
    title: 'Renewed',
    summary: 'A newer run of the same name goes on. GitHub ends a run that is unfinished for 14 days.',
  };
  const input = { repositoryId, checkRunId, status: 'COMPLETED', conclusion: 'CANCELLED', output };
  return { mutation: 'updateCheckRun', input };
}

function checkRun(repositoryId: string, name: string, { sha, run, verdict, startedAt }: GateWrite): Field {
  const { status, conclusion, title, summary, externalId, buttons, annotations = [] } = verdict;
  const input = {
    repositoryId,
    name,
    externalId,
    status: status.toUpperCase(),
    ...(conclusion !== null && { conclusion: conclusion.toUpperCase() }),
    output: { title, summary, ...(annotations.length > 0 && { annotations: annotations.map(annotation) }) },
    ...(startedAt !== undefined && { startedAt: formatTime(startedAt) }),
    // Only unfinished runs are updated, and those have no buttons that would have to go.
    ...(buttons.length > 0 && { actions: buttons }),
  };
  return run === null
    ? { mutation: 'createCheckRun', input: { ...input, headSha: sha } }
    : { mutation: 'updateCheckRun', input: { ...input, checkRunId: run } };
}

function annotation({ path, line, title, message }: Annotation) {
  return { path, location: { startLine: line, endLine: line }, annotationLevel: 'FAILURE', title, message };
}
