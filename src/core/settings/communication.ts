/** Who is told, and when. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { glob, line, list, textList } from './fields.js';
import { MAX_LABEL } from './naming.js';

const stakeholder = z.strictObject({
  name: line(100).describe('A person, a team or a role.'),
  mention: z
    .string()
    .regex(
      /^@?[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,99})?$/,
      'expected a login or a team, like `"ada"` or `"acme/qa"`',
    )
    .transform((text) => text.replace(/^@/, ''))
    .optional()
    .describe('The login or `organisation/team` that comments mention. Nobody is mentioned if left out.'),
  why: line(200).optional().describe('Why they are told.'),
  when: textList(z.enum(['deployed', 'ready', 'failing', 'conflict', 'merged', 'complete']), 6)
    .default(() => [])
    .describe(
      'What they are told of, once for each subagent, in a comment on its pull request; of `complete` on the tracking issue. Nothing if left out: then they are only listed.',
    ),
  risk: textList(z.enum(['low', 'medium', 'high']), 3)
    .default(() => [])
    .describe('Only of issues of these risks. All if left out.'),
  labels: textList(line(MAX_LABEL), 20)
    .default(() => [])
    .describe('Only of issues with one of these labels. All if left out.'),
  paths: textList(glob, 50)
    .default(() => [])
    .describe(
      'Only of pull requests that change a file of one of these patterns. All if left out. While the files cannot be read, nobody is told yet.',
    ),
});

export const stakeholders = list(stakeholder, 30, (entry) => entry.name.toLowerCase())
  .default(() => [])
  .describe('Who has an interest in the deployment. At most 30.');

export const sync = z.strictObject({
  times: textList(
    z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day, like `"09:00"`'),
    24,
  )
    .default(() => [])
    .describe('When a summary is posted on the tracking issue each day, as `HH:MM`. Off if empty.'),
  timezone: z
    .string()
    .refine(isTimeZone, 'expected the name of a time zone, like `Europe/Berlin` or `UTC`')
    .default('UTC')
    .describe('The time zone of those times.'),
});

/**
 * Names only: an offset like `+02:00` would be wrong for half of the year. What plans the syncs decides which ones there are:
 * Intl also takes old abbreviations, like PST.
 */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) return false;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId !== '';
  } catch {
    return false;
  }
}
