import type { ChecklistItem } from '../settings/lists.js';
import { plural } from '../text/clean.js';
import { escapeMarkdown } from '../text/escape.js';
import { firstLines } from '../text/fitting.js';
import type { Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import { isSo, wordsOf } from './automatic.js';

/**
 * What must be so before execution, and when the deployment is a success. What the app can tell by itself has a sign; what
 * people tick is a box, shown without its tick.
 *
 * @param max characters of all items together, or null for no limit: an item that is left out loses its tick
 */
export function renderChecklist(
  which: 'checklist' | 'success',
  view: View,
  progress: Progress,
  max: number | null,
): string {
  const items = view.config.settings[which].map((item) => lineOf(item, view, progress));
  if (items.length === 0) return '';
  const shown = max === null ? items : firstLines(items, items.length, max);
  const left = items.length - shown.length;
  const note = left === 0 ? [] : ['', `${plural(left, 'more item')}: not listed, for length.`];
  return [HEADINGS[which], '', ...shown, ...note].join('\n');
}

const HEADINGS = { checklist: '## Checklist before execution', success: '## Success criteria' };

function lineOf(item: ChecklistItem, view: View, progress: Progress): string {
  if (item.kind === 'manual') return `- [ ] ${escapeMarkdown(item.text)}`;
  return `- ${isSo(item, view, progress) ? '✅' : '⬜'} ${escapeMarkdown(wordsOf(item))}`;
}
