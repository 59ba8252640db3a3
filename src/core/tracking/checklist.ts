import type { ChecklistItem } from '../settings/lists.js';
import { plural } from '../text/clean.js';
import { escapeMarkdown } from '../text/escape.js';
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
  const items = view.config.settings[which].map((item) => ({
    isBox: item.kind === 'manual',
    text: lineOf(item, view, progress),
  }));
  if (items.length === 0) return '';
  const shown = max === null ? items : fitting(items, max);
  const left = items.length - shown.length;
  const note = left === 0 ? [] : ['', `${plural(left, 'more item')}: not listed, for length.`];
  return [HEADINGS[which], '', ...shown.map(({ text }) => text), ...note].join('\n');
}

interface Item {
  readonly isBox: boolean;
  readonly text: string;
}

/** As many as there is room for, in their order. What the app can tell by itself gives way first: it has no tick to lose. */
function fitting(items: readonly Item[], max: number): readonly Item[] {
  let left = max;
  const byNeed = [...items.filter(({ isBox }) => isBox), ...items.filter(({ isBox }) => !isBox)];
  const kept = new Set(byNeed.filter(({ text }) => (left -= text.length + 1) >= 0));
  return items.filter((item) => kept.has(item));
}

const HEADINGS = { checklist: '## Checklist before execution', success: '## Success criteria' };

function lineOf(item: ChecklistItem, view: View, progress: Progress): string {
  if (item.kind === 'manual') return `- [ ] ${escapeMarkdown(item.text)}`;
  return `- ${isSo(item, view, progress) ? '✅' : '⬜'} ${escapeMarkdown(wordsOf(item))}`;
}
