/** The whole of `.github/subagents.yml`. Every key may be left out. */
import { z } from 'zod';
import { stakeholders, sync } from './communication.js';
import { gate, merge, ready, runner, staleAfter, start } from './flow.js';
import { checklist, notes, phases, risks, success } from './lists.js';
import { base, branch, labels, references, taskFile, title, worktree } from './naming.js';
import { allow, commands } from './people.js';

const CONTROL_LABELS = ['hold', 'merge', 'freeze', 'pause', 'tracking'];

export const settingsSchema = z
  .strictObject({
    labels: labels.prefault({}).describe('The names of the labels that the app reads and sets.'),
    base: base.optional(),
    branch,
    worktree,
    title,
    'task-file': taskFile.prefault({}).describe('The file with the recorded instructions for a subagent.'),
    references,
    allow: allow.prefault({}).describe('Whose deploy label counts.'),
    commands: commands.prefault({}).describe('How comments give commands.'),
    start: start.prefault({}).describe('When the runner of an issue starts.'),
    ready: ready.prefault({}).describe('When a draft becomes ready for review.'),
    gate: gate.prefault({}).describe('The check run on every pull request.'),
    merge: merge.prefault({}).describe('How and when pull requests land.'),
    runner: runner.prefault({}).describe('What starts the work on an issue.'),
    'stale-after': staleAfter,
    phases,
    checklist,
    success,
    risks,
    notes,
    stakeholders,
    sync: sync.prefault({}).describe('Summaries at fixed times of the day. Off by default.'),
  })
  .superRefine((settings, context) => {
    const { deploy, prefix } = settings.labels;
    const taken = CONTROL_LABELS.map((name) => `${prefix}:${name}`.toLowerCase());
    if (!taken.includes(deploy.toLowerCase())) return;
    context.addIssue({
      code: 'custom',
      path: ['labels', 'deploy'],
      message: 'expected a name that is not one of the control labels',
    });
  });

type DeepReadonly<T> = T extends string | number | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };

/** The settings in force, complete. Durations are milliseconds, phases hours. Keys are written as in the file. */
export type Settings = DeepReadonly<z.output<typeof settingsSchema>>;

/** What holds where there is no file, or nothing in it. */
export function defaultSettings(): Settings {
  return settingsSchema.parse({});
}
