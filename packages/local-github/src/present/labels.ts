import type { Json } from '../rest/route.js';
import type { Label } from '../state/model.js';
import type { View } from '../world.js';
import { nodeId } from './node-id.js';
import { repositoryUrl } from './urls.js';

/** GitHub's `label`. */
export function presentLabel(view: View, label: Label): Json {
  return {
    id: label.id,
    node_id: nodeId('Label', label.id),
    url: `${repositoryUrl(view, label.repositoryId)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    description: label.description,
    color: label.color,
    default: false,
  };
}
