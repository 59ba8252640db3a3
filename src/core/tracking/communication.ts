import type { Settings } from '../settings/schema.js';
import { codeCell, codeSpan } from '../text/code.js';
import { commandSpan } from '../text/command.js';
import { escapeTableCell } from '../text/escape.js';
import { listed } from '../text/listed.js';
import type { View } from '../view/view.js';

/** Of labels and patterns so many are shown, each cut at so many characters. */
const MAX_SHOWN = 5;
const MAX_CODE = 60;

/**
 * Who is told of what, and when the syncs are. Nobody is mentioned here, and no moment is named: the body changes only when
 * something happened. Empty if the configuration names nobody and no time.
 */
export function renderCommunication({ config }: View): string {
  const { stakeholders, sync, commands } = config.settings;
  const parts = [stakeholderTable(stakeholders), syncLine(sync, commands.prefix)].filter(
    (part) => part !== '',
  );
  return parts.length === 0 ? '' : ['## Communication', ...parts].join('\n\n');
}

function stakeholderTable(stakeholders: Settings['stakeholders']): string {
  if (stakeholders.length === 0) return '';
  const rows = stakeholders.map((each) => {
    const mention = each.mention === undefined ? '' : ` (${codeCell(each.mention)})`;
    const why = each.why === undefined ? '' : escapeTableCell(each.why);
    return `| ${escapeTableCell(each.name)}${mention} | ${why} | ${whenText(each)} |`;
  });
  return ['| Stakeholder | Why | Told when |', '| --- | --- | --- |', ...rows].join('\n');
}

const EVENTS = {
  deployed: 'deployed',
  ready: 'ready for review',
  failing: 'failing',
  conflict: 'in conflict',
  merged: 'merged',
  complete: 'all is complete',
} satisfies Record<Settings['stakeholders'][number]['when'][number], string>;

function whenText({ when, risk, labels, paths }: Settings['stakeholders'][number]): string {
  if (when.length === 0) return 'not by the app';
  const code = (text: string) => codeCell(text, MAX_CODE);
  const only = [
    ...(risk.length === 0 ? [] : [`of ${risk.join(' or ')} risk`]),
    ...(labels.length === 0 ? [] : [`labelled ${listed(labels, MAX_SHOWN, code)}`]),
    ...(paths.length === 0 ? [] : [`changing ${listed(paths, MAX_SHOWN, code)}`]),
  ];
  const events = when.map((event) => EVENTS[event]).join(', ');
  return only.length === 0 ? events : `${events}; only what is ${only.join(' and ')}`;
}

function syncLine({ times, timezone }: Settings['sync'], prefix: string): string {
  if (times.length === 0) return '';
  const each = [...times].sort().join(', ');
  return `A sync is posted here each day at ${each} (${codeSpan(timezone)}), and by ${commandSpan(prefix, 'sync')}.`;
}
