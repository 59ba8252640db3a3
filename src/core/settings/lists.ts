/** What the tracking issue shows beside the work itself: phases, checklists, risks, notes. */
import { z } from 'zod';
import { parseHours } from './duration.js';
import { line, list, textList } from './fields.js';

const PHASE_DURATION =
  'expected `effort`, or a duration or range with its unit, like `30min`, `4-6h` or `1.5 h`';

const phaseDuration = z.string(PHASE_DURATION).transform((text, context) => {
  if (text === 'effort') return text;
  const hours = parseHours(text);
  if (hours !== undefined) return hours;
  context.addIssue({ code: 'custom', message: PHASE_DURATION });
  return z.NEVER;
});

/** Items of {@link AUTOMATIC} of which GitHub tells when they came to be so. */
const UNTIL = ['implemented', 'checks', 'approved', 'merged'] as const;

/** What ends a phase. */
export type Until = (typeof UNTIL)[number];

const phase = z.strictObject({
  name: line(60).describe('What the phase is called.'),
  duration: phaseDuration.describe('Hours, like `30min` or `4-6h`; or `effort`, which is each issue’s own.'),
  mode: z
    .enum(['together', 'parallel', 'sequential'])
    .default('parallel')
    .describe(
      'How the efforts of issues add up: `together`, the longest; `parallel`, at the same time where dependencies allow; `sequential`, one issue after the other. Other durations are those of all issues.',
    ),
  until: z
    .enum(UNTIL)
    .optional()
    .describe(
      'When it is over, to show the hours that it took beside the plan: once all are `implemented` (ready for review), all `checks` are green, all are `approved`, or all are `merged`.',
    ),
});

export const phases = list(phase, 20, (item) => item.name.toLowerCase())
  .default(() => [])
  .describe('The phases of a deployment, in their order. At most 20.');

/** What the app can tell by itself. */
const AUTOMATIC = [
  'branches',
  'task-files',
  'configuration',
  'dependencies',
  'reviewers',
  'implemented',
  'checks',
  'approved',
  'merged',
  'cleaned-up',
] as const;

const itemText = line(200);

const itemObject = z
  .strictObject({
    text: itemText.optional().describe('What the line says. May be left out for an automatic item.'),
    auto: z
      .enum(AUTOMATIC)
      .optional()
      .describe('What the app looks at: true when it is so for every issue of the deployment.'),
    check: line(200).optional().describe('The name of a check: true when it is green on every pull request.'),
  })
  .superRefine((item, context) => {
    if (item.auto !== undefined && item.check !== undefined) {
      context.addIssue({ code: 'custom', message: 'expected only one of `auto` and `check`' });
    } else if (item.auto === undefined && item.check === undefined && item.text === undefined) {
      context.addIssue({ code: 'custom', message: 'expected one of `text`, `auto` and `check`' });
    }
  });

/** An item of a checklist: ticked by a person, or known to the app. */
export type ChecklistItem =
  | { readonly kind: 'manual'; readonly text: string }
  | { readonly kind: 'auto'; readonly auto: (typeof AUTOMATIC)[number]; readonly text: string | undefined }
  | { readonly kind: 'check'; readonly check: string; readonly text: string | undefined };

const item = z.union([itemText, itemObject]).transform((written): ChecklistItem => {
  if (typeof written === 'string') return { kind: 'manual', text: written };
  const { text, auto, check } = written;
  if (auto !== undefined) return { kind: 'auto', auto, text };
  if (check !== undefined) return { kind: 'check', check, text };
  return { kind: 'manual', text: text ?? '' };
});

function checklistOf(description: string) {
  return list(item, 50, keyOfItem)
    .default(() => [])
    .describe(description);
}

function keyOfItem(entry: ChecklistItem): string {
  switch (entry.kind) {
    case 'manual':
      return `manual ${entry.text}`;
    case 'auto':
      return `auto ${entry.auto}`;
    case 'check':
      return `check ${entry.check}`;
  }
}

export const checklist = checklistOf(
  'What must be so before execution. A text is ticked by people; `auto` and `check` are known to the app.',
);

export const success = checklistOf('When the deployment is a success. Written like the checklist.');

const risk = z.strictObject({
  risk: line(200).describe('What may happen.'),
  issue: z
    .union([z.int('expected the number of an issue (like `5`)').min(1), z.literal('all')])
    .default('all')
    .describe('The number of the issue that it comes from, or `all`.'),
  mitigation: line(300).describe('What is done about it.'),
});

export const risks = list(risk, 50, (entry) => `${entry.issue} ${entry.risk}`)
  .default(() => [])
  .describe('Risks of the deployment, beside those that the issues name. At most 50.');

export const notes = textList(line(500), 50)
  .default(() => [])
  .describe('Lines for everybody who works on the deployment. At most 50.');
