import type { Time } from './issue.js';
import type { Readable } from './readable.js';

/** GitHub's repository roles, weakest first. */
export const ROLES = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who did something. `me` is this app itself, known by its database id and never by its name. */
export interface Actor {
  /** As people write it; a bot's ends in `[bot]`. */
  readonly login: string;
  readonly kind: 'person' | 'bot' | 'me';
}

/** What the collaborator-permission API said of one person, and when it was asked. */
export interface KnownRole {
  readonly role: Readable<Role>;
  readonly askedAt: Time;
}

/** Roles by login in lower case. Who was not asked is not in it. */
export type Roles = Readonly<Record<string, KnownRole>>;
