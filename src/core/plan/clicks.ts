import { answerButtonRoleTooLow } from '../commands/answers.js';
import { isAnswered, mayRun } from '../commands/meaning.js';
import { UNDO_OVERRIDE } from '../gate/buttons.js';
import { configVerdict } from '../gate/config-verdict.js';
import { newestCheck, newestGate } from '../gate/newest.js';
import { overrideOf } from '../gate/override.js';
import type { Click, OwnCheck } from '../model/index.js';
import { shortSha } from '../names/members.js';
import { CONFIG_CHECK } from '../settings/config-check.js';
import type { Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import { type Group, group } from './group.js';
import { inWords } from '../gate/verdict.js';
import { type Head, openHeads, overrideOn, verdictOn } from './head-verdict.js';

export interface PlannedClicks {
  readonly groups: readonly Group[];
  /** Those that could not be judged now. */
  readonly left: readonly Click[];
}

/** What becomes of one click; null: nothing, or nothing any more. */
type Judged = readonly Group[] | 'later' | null;

/**
 * What clicks on gates ask for. One counts only on the newest gate of a head of an open pull request, so that it is done
 * once: what it does makes a newer one. To undo comes first, since it also does what a re-run does.
 */
export function planClicks(view: View, progress: Progress, clicks: readonly Click[]): PlannedClicks {
  if (clicks.length === 0) return { groups: [], left: [] };
  if (view.snapshot.pulls.kind === 'unreadable') return { groups: [], left: clicks };
  const heads = new Map(openHeads(view).map((head) => [head.sha, head]));
  const groups: Group[] = [];
  const left: Click[] = [];
  for (const click of [...clicks.filter(isUndo), ...clicks.filter((each) => !isUndo(each))]) {
    const head = heads.get(click.sha);
    const judged =
      head === undefined ? [] : [judge(click, head, view, progress), judgeOfConfig(click, head, view)];
    if (judged.includes('later')) left.push(click);
    for (const each of judged.flatMap((all) => (all === null || all === 'later' ? [] : all)))
      if (!groups.some(({ about }) => about === each.about)) groups.push(each);
  }
  return { groups, left };
}

function isUndo({ identifier }: Click): boolean {
  return identifier === UNDO_OVERRIDE.identifier;
}

function judge(click: Click, head: Head, view: View, progress: Progress): Judged {
  if (click.by.kind === 'me') return null;
  if (head.checks.kind === 'unreadable') return 'later';
  const gate = newestGate(head.checks, view.config.settings);
  if (gate === null || isPast(click, gate)) return null;
  switch (click.identifier) {
    case 'undo-override':
      return undo(click, head, gate, view, progress);
    case 'check-again':
    case 'rerun':
      return again(head, gate, overrideOn(head, view), view, progress);
    default:
      return null;
  }
}

/** A re-run of the check on the settings file of the head. */
function judgeOfConfig(click: Click, { sha, checks }: Head, view: View): Judged {
  if (click.by.kind === 'me' || click.identifier !== 'rerun') return null;
  const newest = newestCheck(checks, CONFIG_CHECK);
  const config = view.snapshot.headConfigs[sha];
  if (newest === null || config === undefined || isPast(click, newest)) return null;
  if (config.kind === 'unreadable') return 'later';
  const verdict = inWords(configVerdict(config.value, view.digest));
  const write = { sha, verdict, run: null, again: newest.id };
  return group(`click on ${CONFIG_CHECK} of ${shortSha(sha)}`, [
    { kind: 'publish gates', name: CONFIG_CHECK, gates: [write] },
  ]);
}

/** "Re-run all checks" names no run: it means those that were there. GitHub's times have whole seconds. */
function isPast({ run, at }: Click, gate: OwnCheck): boolean {
  return run === null ? gate.startedAt >= at : gate.id !== run;
}

/** Ends an override. Its comment is answered already, so it does not count again. */
function undo(click: Click, head: Head, gate: OwnCheck, view: View, progress: Progress): Judged {
  if (overrideOf(gate) === null) return null;
  const role = view.book.of(click.by, click.at);
  if (role.kind === 'unreadable') return 'later';
  if (mayRun(role.value, 'override')) return again(head, gate, null, view, progress);
  const number = head.members[0]?.pull?.number;
  if (!isAnswered(role.value) || number === undefined) return null;
  const { login } = click.by;
  const body = answerButtonRoleTooLow(login, UNDO_OVERRIDE.label, 'override', role.value);
  const cause = `click-${gate.id}-${login.toLowerCase()}`;
  return group(`click of ${login} on ${shortSha(head.sha)}`, [{ kind: 'comment', number, body, cause }]);
}

/** A fresh run with the present verdict, also where that is what the last one said: somebody asked, and sees an answer. */
function again(
  head: Head,
  gate: OwnCheck,
  override: ReturnType<typeof overrideOf>,
  view: View,
  progress: Progress,
): Judged {
  const judgement = verdictOn(head, override, view, progress);
  if (judgement === null) return 'later';
  const { sha } = head;
  const replaces = gate.status === 'completed' ? {} : { replaces: gate.nodeId };
  const write = { sha, verdict: inWords(judgement), run: null, again: gate.id, ...replaces };
  const { name } = view.config.settings.gate;
  return group(`click on ${shortSha(sha)}`, [{ kind: 'publish gates', name, gates: [write] }]);
}
