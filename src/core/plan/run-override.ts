import type { Action } from '../actions/action.js';
import { answerHeadNotOlder, answerHeadOfUnknownAge, answerProblems } from '../commands/answers.js';
import { type Override, overrideOf } from '../gate/override.js';
import type { Member } from '../membership/member.js';
import { type Comment, type Pull, type PullDetail } from '../model/index.js';
import { parseGateId } from '../names/gate-id.js';
import { shortSha } from '../names/members.js';
import { nodeOfMember } from '../view/view.js';
import { gateWrite } from './gates.js';
import { openHeads, overrideOn, verdictOn } from './head-verdict.js';
import { LATER, type Ran, type Run, notNow } from './run.js';
import { eachMember } from './run-targets.js';

/**
 * Clears the gate of the present head, whatever keeps it closed. The gate is published at once and records the comment:
 * from then on the override needs the comment no more, and ends with the head. One that is in force already stays as it
 * is, so a comment that was cut off before its 👍 changes nothing the second time.
 */
export function override(run: Run): Ran {
  return eachMember(run, (member) => overrideOne(run, member));
}

function overrideOne(run: Run, member: Member): readonly Action[] | Ran {
  const { comment, login, view, progress } = run;
  const { number, pull } = member;
  const refuse = (because: string) => notNow(run, number, because);
  if (pull === null || pull.state !== 'open') return refuse('it has no open pull request');
  const head = openHeads(view).find(({ sha }) => sha === pull.head.sha);
  if (head === undefined || head.checks.kind === 'unreadable') return LATER;
  const { sha } = head;
  if (overrideOn(head, view) !== null || run.earlier.some((action) => overrides(action, sha))) return [];
  if (progress.gateReasons(nodeOfMember(member)).length === 0) return refuse('its gate is free');
  const other = head.members.find((each) => each !== member);
  if (other !== undefined) {
    return refuse(`${shortSha(sha)} is the head of #${other.number} as well, which it would clear, too`);
  }
  if (pull.detail.kind === 'unreadable') return LATER;
  const age = ageOf(pull, pull.detail.value, comment);
  if (age === 'unknown') return { kind: 'refused', answer: answerHeadOfUnknownAge(login, sha, { number }) };
  if (age === 'newer') return { kind: 'refused', answer: answerHeadNotOlder(login, sha, { number }) };

  const { id, number: on, createdAt: at } = comment;
  const wanted: Override = { comment: id, on, at, by: login, reason: run.command.reason ?? '' };
  const verdict = verdictOn(head, wanted, view, progress);
  if (verdict === null) return LATER;
  if (overrideOf(verdict) === null) return { kind: 'refused', answer: withoutReason(run) };
  const write = gateWrite(sha, head.checks, verdict, view);
  const name = view.config.settings.gate.name;
  return write === null ? [] : [{ kind: 'publish gates', name, gates: [write] }];
}

/** For a reason of which nothing is left once what nobody sees is taken out. */
function withoutReason({ command, login, view }: Run): string {
  const problems = [{ kind: 'missing-reason', verb: 'override', line: command.line }] as const;
  const context = { prefix: view.config.settings.commands.prefix, trackingIssue: null };
  return answerProblems(login, { commands: [command], problems }, context);
}

/**
 * Whether the head was there when the comment was written: what its author has not seen is not cleared. A commit that was
 * on another branch before tells only by a push that rewrote this one that it came later. Times have whole seconds.
 */
function ageOf(pull: Pull, detail: PullDetail, { createdAt }: Comment): 'older' | 'newer' | 'unknown' {
  const { pushedAt, forcePushes } = detail;
  if (pushedAt === null) return 'unknown';
  const moved = forcePushes.filter(({ after }) => after === pull.head.sha).map(({ at }) => at);
  return Math.max(pushedAt, ...moved) < createdAt ? 'older' : 'newer';
}

/** Whether an earlier command is about to override the gate of this head. */
function overrides(action: Action, sha: string): boolean {
  if (action.kind !== 'publish gates') return false;
  return action.gates.some(
    (gate) => gate.sha === sha && parseGateId(gate.verdict.externalId)?.override !== null,
  );
}
