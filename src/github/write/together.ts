import { type AppError, asAppError } from '../../app/errors.js';
import type { Outcome } from '../../app/ports.js';
import { type Asked, assignParts } from './assign.js';
import type { WriteContext } from './context.js';
import { gateParts } from './gates.js';
import { mutate } from './mutate.js';
import type { Ledger, Part, TogetherAction } from './part.js';
import { pinPart } from './pins.js';

/** A document of this many mutations stays well under the ten seconds that GitHub gives it. */
const FIELDS = 20;

/**
 * Writes gates, assignees and pins, at most 20 to a document. Each action gets the outcome of its own parts; of several
 * errors the one that waiting may cure is given, and all are noted. Once a limit is used up nothing more is sent.
 */
export async function writeTogether(
  context: WriteContext,
  actions: readonly TogetherAction[],
): Promise<readonly Outcome[]> {
  const errors = actions.map((): AppError[] => []);
  const notes = actions.map((): string[] => []);
  const ledger: Ledger = {
    fail(index, what, error) {
      const known = asAppError(error);
      errors[index]?.push(known);
      notes[index]?.push(`${what}: ${known.message}`);
    },
    note: (index, note) => void notes[index]?.push(note),
  };
  const parts = await partsOf(context, actions, ledger);
  for (let start = 0; start < parts.length; start += FIELDS) {
    const document = parts.slice(start, start + FIELDS);
    const limit = errors.flat().find(({ options }) => options.retryAfter !== undefined);
    if (limit === undefined) await send(context, document, ledger);
    else document.forEach((part) => ledger.fail(part.index, part.what, limit));
  }
  return actions.map((action, index) => ({
    action,
    error: worst(errors[index] ?? []),
    notes: notes[index] ?? [],
  }));
}

async function partsOf(
  context: WriteContext,
  actions: readonly TogetherAction[],
  ledger: Ledger,
): Promise<readonly Part[]> {
  const asked: Asked[] = [];
  const parts: Part[] = [];
  for (const [index, action] of actions.entries()) {
    switch (action.kind) {
      case 'publish gates':
        parts.push(...(await orFail(ledger, [index], action.name, gateParts(context, index, action))));
        break;
      case 'assign':
        asked.push(...action.pulls.map((pull) => ({ ...pull, index })));
        break;
      case 'pin':
      case 'unpin':
        parts.push(pinPart(index, action));
        break;
    }
  }
  const indices = [...new Set(asked.map(({ index }) => index))];
  const assigned = await orFail(ledger, indices, 'assignees', assignParts(context, asked, ledger));
  return [...parts, ...assigned];
}

/** The parts, or none: then all the actions fail that they belong to. */
async function orFail(
  ledger: Ledger,
  indices: readonly number[],
  what: string,
  parts: Promise<readonly Part[]>,
): Promise<readonly Part[]> {
  try {
    return await parts;
  } catch (error) {
    for (const index of indices) ledger.fail(index, what, error);
    return [];
  }
}

async function send(context: WriteContext, parts: readonly Part[], ledger: Ledger): Promise<void> {
  try {
    const refusals = await mutate(
      context,
      'WriteTogether',
      parts.map(({ field }) => field),
    );
    for (const [at, part] of parts.entries()) {
      const refusal = refusals[at];
      if (!refusal) continue;
      try {
        const note = await part.refused(refusal);
        if (note !== null) ledger.note(part.index, `${part.what}: ${note}`);
      } catch (error) {
        ledger.fail(part.index, part.what, error);
      }
    }
  } catch (error) {
    for (const part of parts) ledger.fail(part.index, part.what, error);
  }
}

function worst(errors: readonly AppError[]): AppError | null {
  return errors.find(({ kind }) => kind === 'transient') ?? errors[0] ?? null;
}
