/** Who may do what, and how they say it. */
import { z } from 'zod';
import { textList } from './fields.js';

export const allow = z.strictObject({
  roles: textList(z.enum(['write', 'maintain', 'admin']), 3)
    .min(1)
    .default(['write', 'maintain', 'admin'])
    .describe('The roles whose deploy label counts. Never less than write.'),
  bots: textList(
    z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,99}\[bot\]$/, 'expected the login of a bot, like `helper[bot]`'),
    50,
  )
    .default(() => [])
    .describe('Bots whose labels and commands count like those of a person with write, by login.'),
});

export const commands = z.strictObject({
  prefix: z
    .string()
    .regex(
      /^\/[A-Za-z][A-Za-z0-9-]{0,38}$/,
      'expected a slash and 1 to 39 letters, digits or `-`, like `/subagent`',
    )
    .default('/subagent')
    .describe('The word that makes a line of a comment a command.'),
  bare: z
    .boolean()
    .default(true)
    .describe(
      'Whether `/hold` is a command as well as `/subagent hold`. Turn it off if another bot uses the words.',
    ),
});
