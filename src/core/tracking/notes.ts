import { escapeMarkdown } from '../text/escape.js';
import type { View } from '../view/view.js';
import { fileLink } from './links.js';

/** The references that exist on the base, then the notes of the configuration. Empty if there are none. */
export function renderNotes({ snapshot, baseBranch, config }: View): string {
  const references = [...snapshot.references].sort().map((path) => `- See ${fileLink(path, baseBranch)}`);
  const notes = config.settings.notes.map((note) => `- ${escapeMarkdown(note)}`);
  const lines = [...references, ...notes];
  return lines.length === 0 ? '' : ['## Notes', '', ...lines].join('\n');
}

/** Whether there are any. */
export function hasNotes({ snapshot, config }: View): boolean {
  return snapshot.references.length + config.settings.notes.length > 0;
}
