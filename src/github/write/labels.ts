import type { LabelDefinition } from '../../core/names/labels.js';
import { type WriteContext, refusedWith, send } from './context.js';

/** Creates the label with its colour and description, unless the repository has one of that name. */
export async function ensureLabel(context: WriteContext, label: LabelDefinition): Promise<void> {
  const { name, color, description } = label;
  if (context.known.labels.has(name.toLowerCase())) return;
  try {
    await send(context, 'POST', '/labels', { name, color, description });
  } catch (error) {
    if (!refusedWith(error, 422, /already exists/i)) throw error;
  }
  context.known.labels.add(name.toLowerCase());
}

/** Puts a label on an issue or pull request. GitHub makes no event of one that is on already. */
export async function addLabel(
  context: WriteContext,
  issueNumber: number,
  label: LabelDefinition,
): Promise<void> {
  await ensureLabel(context, label);
  await send(context, 'POST', '/issues/{issue_number}/labels', {
    issue_number: issueNumber,
    labels: [label.name],
  });
}

/** Takes a label off; one that is not on is fine. */
export async function removeLabel(context: WriteContext, issueNumber: number, name: string): Promise<void> {
  try {
    await send(context, 'DELETE', '/issues/{issue_number}/labels/{name}', {
      issue_number: issueNumber,
      name,
    });
  } catch (error) {
    if (!refusedWith(error, 404)) throw error;
  }
}
