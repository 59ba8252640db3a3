import type { Label, Repository } from '../../state/model.js';
import { type Context, actor, demand, effect, present, row } from '../context.js';
import { unprocessable } from '../errors.js';
import { MANAGE_LABELS, checkLabel, labelNamed, takeLabel } from '../labels.js';

/** Renames or redescribes a label, from write up. It stays on its issues; their timelines keep the old name. */
export function updateLabel(
  context: Context,
  repository: Repository,
  label: Label,
  change: {
    readonly name?: string | undefined;
    readonly color?: string | undefined;
    readonly description?: string | null | undefined;
  },
): Label {
  actor(context);
  demand(context, repository, MANAGE_LABELS);
  const next: Label = {
    ...label,
    name: change.name?.trim() ?? label.name,
    color: change.color ?? label.color,
    description: change.description === undefined ? label.description : change.description,
  };
  checkLabel(next);
  const other = labelNamed(present(context).state.labels, repository, next.name);
  if (other !== undefined && other.id !== label.id) {
    throw unprocessable('Validation Failed', [{ resource: 'Label', code: 'already_exists', field: 'name' }]);
  }
  const changes: Record<string, { from: string }> = {};
  for (const key of ['name', 'color', 'description'] as const) {
    if (next[key] !== label[key]) changes[key] = { from: label[key] ?? '' };
  }
  if (Object.keys(changes).length === 0) return label;
  return effect(context, (write) => {
    write.state.labels[label.id] = { ...next };
    write.emit(repository.id, { name: 'label', action: 'edited', label: next, changes });
    return next;
  });
}

/** Deletes a label, from write up. It comes off every issue that has it, each with its own event, which does not name it. */
export function deleteLabel(context: Context, repository: Repository, label: Label): void {
  actor(context);
  demand(context, repository, MANAGE_LABELS);
  effect(context, (write) => {
    for (const issue of Object.values(write.state.issues)) {
      if (issue.labelIds.includes(label.id)) takeLabel(write, issue.id, label, true);
    }
    const draft = row(write.state.repositories, repository.id);
    draft.labelIds = draft.labelIds.filter((id) => id !== label.id);
    delete write.state.labels[label.id];
    write.emit(repository.id, { name: 'label', action: 'deleted', label });
  });
}
