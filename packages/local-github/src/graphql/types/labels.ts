import { nodeId } from '../../present/node-id.js';
import { repositoryPage } from '../../present/urls.js';
import type { Label as LabelRow } from '../../state/model.js';
import { type Fields, repositoryOf } from '../request.js';

export const Label: Fields<LabelRow> = {
  id: (label) => nodeId('Label', label.id),
  name: (label) => label.name,
  color: (label) => label.color,
  description: (label) => label.description,
  isDefault: () => false,
  repository: (label, request) => repositoryOf(request, label.repositoryId),
  url: (label, { view }) =>
    `${repositoryPage(view, label.repositoryId)}/labels/${encodeURIComponent(label.name)}`,
};

/** Sorted by name or, with the oldest first, by the order in which they were made. */
export function sortLabels(
  labels: readonly LabelRow[],
  order: { field: 'CREATED_AT' | 'NAME'; direction: 'ASC' | 'DESC' } | null | undefined,
): LabelRow[] {
  const sorted = [...labels].sort((a, b) =>
    order?.field === 'NAME' ? (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1) : a.id - b.id,
  );
  return order?.direction === 'DESC' ? sorted.reverse() : sorted;
}
