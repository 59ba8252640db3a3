/** The comments of grammar.yml, with what is to be found in each. */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import * as z from 'zod';
import type { CommandContext } from '../../../src/core/commands/parse.js';
import { findVerb } from '../../../src/core/commands/registry.js';
import type { Place } from '../../../src/core/commands/registry.js';

/** A command or a problem as it is written down, and as one that was found is compared with it. */
export type Found = Readonly<Record<string, unknown>>;

/** One comment, where it stands, what is found in it, and the reason of the case. */
export interface GrammarCase {
  readonly name: string;
  readonly text: string;
  readonly context: CommandContext;
  readonly finds: readonly Found[];
  readonly problems: readonly Found[];
  readonly why: string;
}

const PLACES = ['issue', 'pull request', 'tracking issue', 'elsewhere'] as const satisfies readonly Place[];

/** A text, or one that is too long to be written out. */
const piece = z.union([
  z.string(),
  z
    .strictObject({ repeat: z.string(), times: z.number() })
    .transform(({ repeat, times }) => repeat.repeat(times)),
]);
const value = z.union([piece, z.unknown()]);
const found = z.record(z.string(), value);

const schema = z.array(
  z
    .strictObject({
      name: z.string().min(1),
      text: z.union([piece, z.array(piece).transform((pieces) => pieces.join(''))]),
      place: z.enum(PLACES).default('issue'),
      known: z.boolean().default(true),
      prefix: z.string().default('/subagent'),
      bare: z.boolean().default(true),
      finds: z.array(found).default([]),
      problems: z.array(found).default([]),
      why: z.string().min(1),
    })
    .transform(({ name, text, place, known, prefix, bare, finds, problems, why }): GrammarCase => {
      const context = { ...HOME, prefix, bare, place, knownHere: known };
      return { name, text, context, ...asServed(finds, problems), why };
    }),
);

const HOME = { repository: 'octo/engine', host: 'github.com' } as const;

/** Throws if the file is not what its head says. */
export function grammarCases(): readonly GrammarCase[] {
  return schema.parse(load(readFileSync(new URL('grammar.yml', import.meta.url), 'utf8')));
}

/** What is to be found as this version serves it: a line whose verb it has not is one problem, whatever else is on it. */
function asServed(
  finds: readonly Found[],
  problems: readonly Found[],
): Pick<GrammarCase, 'finds' | 'problems'> {
  const commands = finds.map((each): Found => ({ line: 1, reason: null, ...each }));
  const others = problems.map((each): Found => ({ line: 1, ...each }));
  const missing = new Map<unknown, Found>();
  for (const { line, verb } of [...commands, ...others]) {
    const row = findVerb(String(verb));
    if (row?.available === false) missing.set(line, { kind: 'not-available', verb: row.verb, line });
  }
  const served = ({ line }: Found) => !missing.has(line);
  return {
    finds: commands.filter(served),
    problems: [...others.filter(served), ...missing.values()].sort(
      (a, b) => Number(a['line']) - Number(b['line']),
    ),
  };
}
