/** Small parts of snapshots beside those of the view builder: events by hand, comments, own gates. */
import type {
  Actor,
  BlockedBy,
  Comment,
  History,
  Issue,
  KnownRole,
  LabelEvent,
  OwnCheck,
  Readable,
  Role,
  Time,
} from '../../src/core/model/index.js';
import { read } from '../../src/core/model/index.js';
import { type LandingRecord, formatGateId } from '../../src/core/names/gate-id.js';
import { MINUTE, START, person } from './view-builder.js';

export const DEPLOY = 'deploy-subagent';

/** A label event; its id tells all of it, so that tests can name it. */
export function labelEvent(
  what: 'put' | 'removed',
  label: string,
  actor: Actor | null,
  at: Time = START,
): LabelEvent {
  const id = `${what}-${label}-${actor?.login ?? 'ghost'}-${(at - START) / 1_000}`;
  return { id: id.replace(/[^\w=+/-]/g, '_'), label, added: what === 'put', actor, at };
}

export function history(parts: Partial<History> = {}): Readable<History> {
  return read({ labels: [], edits: [], dependencies: [], closed: null, ...parts });
}

/** What the app asked of GitHub about one person. */
export function roleAsked(role: Readable<Role>, askedAt: Time): KnownRole {
  return { role, askedAt };
}

export function aComment(number: number, body: string, parts: Partial<Comment> = {}): Comment {
  const id = parts.id ?? 500;
  return {
    id,
    nodeId: `comment-node-${id}`,
    number,
    onPull: false,
    author: person('linus'),
    body,
    createdAt: START + 2 * MINUTE,
    editedByOthers: false,
    edited: false,
    answered: null,
    url: `https://github.com/acme/market/issues/${number}#issuecomment-${id}`,
    ...parts,
  };
}

/** Native dependencies on issues of this repository that are open. */
export function blockedBy(...numbers: readonly number[]): Issue['blockedBy'] {
  return read(numbers.map((number) => blocker(number)));
}

export function blocker(number: number, parts: Partial<BlockedBy> = {}): BlockedBy {
  return {
    id: `issue-${number}`,
    databaseId: 1_000 + number,
    number,
    repository: 'acme/market',
    state: 'open',
    stateReason: null,
    closed: read(null),
    ...parts,
  };
}

/** The app's own gate on a head, with the landing that it records. */
export function ownGate(landing: LandingRecord | null, parts: Partial<OwnCheck> = {}): OwnCheck {
  return {
    id: 1,
    nodeId: 'check-1',
    name: 'merge-order',
    status: 'completed',
    conclusion: 'SUCCESS',
    title: 'Free to merge: nothing to wait for',
    externalId: formatGateId({ verdict: 'abc', landing, override: null }),
    startedAt: START + 60 * MINUTE,
    ...parts,
  };
}
