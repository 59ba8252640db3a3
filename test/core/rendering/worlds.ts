/**
 * Deployments with the same words in every place where people, or GitHub, may write. What the words are steers nothing: with
 * other words everything that the app says has the same shape. Issues have numbers from 800 on, which no hostile text names.
 */
import { type Conflict, type Snapshot, read, unreadable } from '../../../src/core/model/index.js';
import { formatGateId } from '../../../src/core/names/gate-id.js';
import type { Refusal } from '../../../src/core/view/refusal.js';
import { aComment, blockedBy, history, labelEvent, ownGate } from '../../support/snapshot.js';
import { HOUR, START, aMergedPull, aPull, aWorkedPull, labelled, sha } from '../../support/view-builder.js';
import { type Words, around, issueOf, wordsOf } from './words.js';

const DEPLOY = 'deploy-subagent';
const HOLD = 'subagent:hold';
const AT = START + 2 * HOUR;

/** Everything that is shown while work goes on: each issue is kept back by something else. */
function atWork(words: Words): Snapshot {
  const { line, branch, who, writer, label } = words;
  const shared = ['deploy-subagent', `shares:${label}`];
  const edited = [
    { what: 'title' as const, editor: writer, at: AT },
    { what: 'body' as const, editor: writer, at: AT },
  ];
  const waits = issueOf(801, words, { blockedBy: blockedBy(802), labels: shared });
  const failing = issueOf(802, words, {
    labels: shared,
    history: history({ labels: [labelled(DEPLOY)], edits: edited }),
  });
  const conflicting = issueOf(803, words);
  const held = issueOf(804, words, {
    labels: [DEPLOY, HOLD],
    history: history({ labels: [labelled(DEPLOY), labelEvent('put', HOLD, writer, AT)] }),
  });
  const unread = issueOf(805, words);
  const cleared = issueOf(806, words, { blockedBy: blockedBy(805) });
  const closed = issueOf(807, words, {
    state: 'closed',
    stateReason: 'completed',
    history: history({ labels: [labelled(DEPLOY)], closed: { actor: who, at: AT, pull: null } }),
  });
  const elsewhere = issueOf(808, words);
  const unknown = issueOf(809, words, { history: unreadable(line) });
  const fresh = issueOf(810, words);
  const conflict: Conflict = { changedOnBase: read([line, 'b.py']), told: read(false) };
  const review = { author: line, state: 'changes requested' as const, commit: null, at: AT };
  const title = `Order overridden by ${who.login.replace(/\s/g, '')} for ${sha('work 806').slice(0, 7)}: ${line}`;
  const override = { comment: 700, on: 806, at: AT };
  const gate = ownGate(null, {
    title,
    externalId: formatGateId({ verdict: 'abc', landing: null, override }),
  });
  const away = unreadable<never>(line);
  return around(
    words,
    [waits, failing, conflicting, held, unread, cleared, closed, elsewhere, unknown, fresh],
    [
      aPull(821, waits),
      aWorkedPull(822, failing, {
        detail: {
          reviews: read([review]),
          checks: read([{ name: line, app: 1, state: 'failed', at: AT }]),
          files: read([line]),
        },
      }),
      aWorkedPull(823, conflicting, {
        detail: { mergeable: 'conflicting', conflict, files: read([line, 'a.py']) },
      }),
      aWorkedPull(824, held),
      aWorkedPull(825, unread, { detail: { checks: away, reviews: away, commits: away, files: away } }),
      aWorkedPull(826, cleared, { ownChecks: read([gate]) }),
      aWorkedPull(827, closed),
      aWorkedPull(828, elsewhere, { base: `${branch}-old` }),
    ],
  );
}

/** Labels that somebody put, or took off, who may not; and work that is over. */
function overruled(words: Words): Snapshot {
  const { who, label } = words;
  const shares = `shares:${label}`;
  const put = (name: string) => labelEvent('put', name, who, AT);
  const labels = [labelled(DEPLOY)];
  const issues = [
    issueOf(801, words, { labels: [DEPLOY, HOLD], history: history({ labels: [...labels, put(HOLD)] }) }),
    issueOf(802, words, { history: history({ labels: [put(DEPLOY)] }) }),
    issueOf(803, words, { history: history({ labels, edits: [{ what: 'body', editor: who, at: AT }] }) }),
    issueOf(804, words, { labels: [DEPLOY, shares], history: history({ labels: [...labels, put(shares)] }) }),
  ];
  return around(words, issues, [aPull(821, issues[0]!)]);
}

/** All has landed, or landed elsewhere; what is left to say of it is the end. */
function ended(words: Words): Snapshot {
  const { who, line } = words;
  const labels = [labelled(DEPLOY)];
  const over = { state: 'closed', stateReason: 'completed', closedAt: AT } as const;
  const merged = issueOf(801, words, {
    ...over,
    history: history({ labels, closed: { actor: who, at: AT, pull: null } }),
  });
  const elsewhere = issueOf(802, words, {
    ...over,
    history: history({
      labels,
      closed: { actor: who, at: AT, pull: { number: 845, repository: 'acme/market', merged: true } },
    }),
  });
  const approved = { author: line, state: 'approved' as const, commit: null, at: AT };
  const world = around(
    words,
    [merged, elsewhere],
    [
      aMergedPull(821, merged, { detail: { reviews: read([approved]) } }),
      aPull(822, elsewhere, { state: 'closed', closedAt: AT }),
    ],
  );
  const told: Snapshot['said']['asked'] = {
    ...world.said.asked,
    821: read([{ cause: 'told-merged', at: AT }]),
  };
  return { ...world, said: { known: {}, asked: told } };
}

/** Commands with the words where they take some. An issue that a command names is named in the answer, so here none is. */
const COMMANDS: readonly ((words: string, line: string) => string)[] = [
  (words) => `/subagent ${words}`,
  (words) => `/depends-on ${words}`,
  (_, line) => `/depends-on acme/lib#7 -- ${line}`,
  (_, line) => `/not-depends-on acme/lib#7 -- ${line}`,
  (words, line) => `/shares ${words} -- ${line}`,
  (words) => `/not-shares ${words}`,
  (words) => `/adopt ${words}`,
  (words) => `/hold ${words}`,
  (_, line) => `/effort ${line}`,
  (_, line) => `/risk ${line}`,
  (_, line) => `/help x${line}`,
  () => '/why',
  () => '/status',
];

/** Worlds of one issue, with a comment each; the last by somebody who is answered, and may not. */
export function commanded(text: string): readonly World[] {
  const words = wordsOf(text);
  const issue = issueOf(801, words);
  const world = around(words, [issue], [aPull(821, issue)]);
  const comments = [
    ...COMMANDS.map((bodyOf) => aComment(801, bodyOf(words.line.replace(/\d/g, 'x'), words.line))),
    aComment(801, '/override -- x', { author: words.writer }),
  ];
  return comments.map((comment) => ({ snapshot: { ...world, comments: read([comment]) }, refusals: [] }));
}

export interface World {
  readonly snapshot: Snapshot;
  readonly refusals: readonly Refusal[];
}

/** Each kind of world with the words in it. */
export const WORLDS: Readonly<Record<string, (text: string) => World>> = {
  'while work goes on': (text) => {
    const words = wordsOf(text);
    return { snapshot: atWork(words), refusals: [{ deed: 'assign `ada`', sentence: words.line }] };
  },
  'where labels are put back': (text) => ({ snapshot: overruled(wordsOf(text)), refusals: [] }),
  'at the end': (text) => ({ snapshot: ended(wordsOf(text)), refusals: [] }),
};
