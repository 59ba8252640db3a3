import type { RefContext } from '../facts/references.js';
import { readMarkdown } from '../markdown/blocks.js';
import type { Block, MarkdownPage, SourceLine } from '../markdown/blocks.js';
import { plainLines } from '../markdown/plain-lines.js';
import type { Command, Fault, Problem } from './command.js';
import { looksLikeCommand, readArguments, readCommandLine } from './grammar.js';
import type { CommandLine } from './grammar.js';
import { findVerb } from './registry.js';
import type { Place } from './registry.js';
import { readRequest, unknownVerb } from './request.js';

const MAX_COMMANDS = 10;
const MAX_REASON = 200;

/** Where a comment stands, and what the configuration says about commands. */
export interface CommandContext extends RefContext {
  /** `/subagent` unless configured otherwise. */
  readonly prefix: string;
  /** Whether `/verb` without the prefix is allowed at all. */
  readonly bare: boolean;
  readonly place: Place;
  /** Whether the issue or pull request belongs to a deployment, or is its tracking issue. */
  readonly knownHere: boolean;
}

/** The commands of a comment in their order. If there is any problem, none of them may run. */
export interface ParsedComment {
  readonly commands: readonly Command[];
  readonly problems: readonly Problem[];
}

/**
 * Finds the commands of a comment. A command is the first thing on a line, after at most three spaces, of a paragraph
 * at the top level of the page. `/subagent verb` always is one; `/verb` is one only for a known verb on something that
 * belongs to a deployment. Any other line belongs to people or to another bot. Never throws.
 */
export function parseComment(body: string, context: CommandContext): ParsedComment {
  const commands: Command[] = [];
  const problems: Problem[] = [];
  const lines = commandLines(body, context);
  const surplus = lines[MAX_COMMANDS];
  if (surplus !== undefined) {
    return { commands, problems: [{ kind: 'too-many-commands', count: lines.length, line: surplus.number }] };
  }
  for (const line of lines) {
    const read = readCommand(line.command, context);
    if ('faults' in read) problems.push(...read.faults.map((fault) => ({ ...fault, line: line.number })));
    else commands.push({ ...read, line: line.number });
  }
  return { commands, problems };
}

interface NumberedCommand {
  readonly number: number;
  readonly command: CommandLine;
}

function commandLines(body: string, context: CommandContext): readonly NumberedCommand[] {
  if (!/^ {0,3}\//m.test(body)) return [];
  const page = readMarkdown(body);
  return page.blocks.flatMap((block) => commandsOfBlock(block, page, context));
}

function commandsOfBlock(
  block: Block,
  page: MarkdownPage,
  context: CommandContext,
): readonly NumberedCommand[] {
  if (block.kind !== 'paragraph') return [];
  const commands = new Map<number, NumberedCommand>();
  for (const [index, line] of block.lines.entries()) {
    const command = ownCommand(line, context);
    if (command !== null) commands.set(index, { number: line.number, command });
  }
  const texts = block.lines.map((line) => line.text);
  const plain = plainLines(texts, new Set(commands.keys()), page.links, block.html);
  return [...commands].flatMap(([index, command]) => (plain.has(index) ? [command] : []));
}

function ownCommand(line: SourceLine, context: CommandContext): CommandLine | null {
  if (!looksLikeCommand(line.text)) return null;
  const command = readCommandLine(line.text, context.prefix);
  if (command.form === 'prefixed') return command;
  const known = findVerb(command.verb) !== undefined;
  return known && context.bare && context.knownHere ? command : null;
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'line'> : never;

function readCommand(
  line: CommandLine,
  context: CommandContext,
): Unnumbered<Command> | { readonly faults: readonly Fault[] } {
  if (line.verb === '') return { faults: [{ kind: 'missing-verb' }] };
  const row = findVerb(line.verb);
  if (row === undefined) return { faults: [unknownVerb(line.verb)] };
  const { verb } = row;
  if (!row.available) return { faults: [{ kind: 'not-available', verb }] };
  if (!row.places.includes(context.place))
    return { faults: [{ kind: 'wrong-place', verb, places: row.places }] };

  const { list, reason } = readArguments(line.rest);
  const faults: Fault[] = [];
  const read = readRequest(row, list, context);
  if (!read.ok) faults.push(read.fault);
  const length = Array.from(reason ?? '').length;
  if (length > MAX_REASON) faults.push({ kind: 'reason-too-long', verb, length });
  if (reason === null && row.reason === 'required') faults.push({ kind: 'missing-reason', verb });
  return read.ok && faults.length === 0 ? { ...read.request, reason } : { faults };
}
