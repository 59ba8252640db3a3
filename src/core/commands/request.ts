import { parseEffort } from '../facts/effort.js';
import { parsePriority } from '../facts/priority.js';
import { distinctReferences } from '../facts/references.js';
import type { RefContext } from '../facts/references.js';
import { riskLevel } from '../facts/risk.js';
import { nearest } from '../text/nearest.js';
import type { CommandTargets, Fault, Request } from './command.js';
import { expectedBy } from './expected.js';
import type { Argument } from './grammar.js';
import { VERBS, findVerb } from './registry.js';
import type { Place, Row, Verb } from './registry.js';
import { shareName } from './share-name.js';
import { sortArguments, takeTargets, takeWords } from './targets.js';
import type { Sorted } from './targets.js';

/** Either what is asked for, or what is wrong with it. */
export type ReadRequest =
  { readonly ok: true; readonly request: Request } | { readonly ok: false; readonly fault: Fault };

export interface RequestContext extends RefContext {
  readonly place: Place;
}

/** Gives the arguments of a command their meaning. */
export function readRequest(row: Row, args: readonly Argument[], context: RequestContext): ReadRequest {
  const broken = brokenPair(row.verb, args);
  if (broken !== null) return { ok: false, fault: broken };
  const pair = args.find((argument) => argument.kind !== 'word');
  if (pair !== undefined) return wrong(pair.text);
  const sorted = sortArguments(row, args, context);
  const words = takeWords(row, sorted);
  if (!words.ok) return wrong(words.got);
  const targets = takeTargets(row, sorted, context.place);
  if (!targets.ok) return wrong(targets.got);
  const read = requestOf(row, sorted, targets.value);
  if ('kind' in read) return { ok: false, fault: read };
  return 'verb' in read ? { ok: true, request: read } : wrong(read.got);

  /** Where only a part is missing, what was given is told: "got nothing" would not be true. */
  function wrong(got: string | null): ReadRequest {
    const given = got ?? args.map(({ text }) => text).join(' ');
    return { ok: false, fault: wrongArgument(row, context.place, given === '' ? null : given) };
  }
}

/** The verb that was probably meant by a word that is none. */
export function unknownVerb(word: string): Fault {
  const meant = nearest(
    word,
    VERBS.map((row) => row.verb),
  );
  return { kind: 'unknown-verb', word, suggestion: findVerb(meant ?? '')?.verb ?? null };
}

/** The request, what is wrong, or the argument that does not fit (null if one is missing). */
function requestOf(
  { verb }: Row,
  { refs, words }: Sorted,
  targets: CommandTargets,
): Request | Fault | { readonly got: string | null } {
  const word = words[0] ?? '';
  const named = distinctReferences(refs.map(({ ref }) => ref));
  switch (verb) {
    case 'help': {
      const about = findVerb(word.replace(/^\//, ''));
      if (word === '') return { verb, about: null };
      return about === undefined ? unknownVerb(word) : { verb, about: about.verb };
    }
    case 'depends-on':
    case 'not-depends-on':
      return named.length === 0 ? { got: null } : { verb, refs: named };
    case 'adopt': {
      const [pull, second] = refs;
      if (pull === undefined || second !== undefined) return { got: second?.text ?? null };
      return pull.ref.owner === undefined ? { verb, pull: pull.ref } : { got: pull.text };
    }
    case 'shares': {
      const name = shareName(words);
      if (name === null) return { got: words.join(' ') };
      return { verb, targets, name, others: targets === 'here' ? named : [] };
    }
    case 'not-shares': {
      const name = shareName(words);
      return name === null ? { got: words.join(' ') } : { verb, targets, name };
    }
    case 'effort': {
      const effort = parseEffort(words.join(' '));
      return effort.ok ? { verb, targets, effort: effort.value } : { got: words.join(' ') };
    }
    case 'risk': {
      const level = riskLevel(word);
      return level === null ? { got: word } : { verb, targets, level };
    }
    case 'priority': {
      const priority = parsePriority(word);
      return priority.ok ? { verb, targets, priority: priority.value } : { got: word };
    }
    case 'freeze':
    case 'unfreeze':
    case 'pause':
    case 'resume':
    case 'integrate':
    case 'sync':
    case 'refresh':
      return { verb };
    case 'status':
    case 'why':
    case 'deploy':
    case 'cancel':
    case 'start':
    case 'retry':
    case 'redeploy':
    case 'ready':
    case 'hold':
    case 'unhold':
    case 'merge':
    case 'not-merge':
    case 'update':
    case 'override':
      return { verb, targets };
  }
}

function wrongArgument(row: Row, place: Place, got: string | null): Fault {
  const expected = expectedBy(row, place);
  return got === null
    ? { kind: 'missing-argument', verb: row.verb, expected }
    : { kind: 'bad-argument', verb: row.verb, expected, got };
}

/** A key may come once, and a quote must be closed; no verb of today takes a key. */
function brokenPair(verb: Verb, args: readonly Argument[]): Fault | null {
  const keys = new Set<string>();
  for (const argument of args) {
    if (argument.kind === 'word') continue;
    if (argument.kind === 'unclosed') return { kind: 'unclosed-quote', verb, key: argument.key };
    if (keys.has(argument.key)) return { kind: 'duplicate-key', verb, key: argument.key };
    keys.add(argument.key);
  }
  return null;
}
