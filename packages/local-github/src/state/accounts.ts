/** A row's number, unique over all tables, as GitHub's `databaseId`. */
export type Id = number;

/** GitHub's repository roles, weakest first. `read` is what a public repository gives to everyone. */
export const ROLES = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The permissions of an app's installation that this GitHub knows, with GitHub's own keys. */
export const PERMISSIONS = [
  'metadata',
  'contents',
  'issues',
  'pull_requests',
  'checks',
  'statuses',
  'merge_queues',
  'actions',
  'administration',
  'workflows',
] as const;
export type Permission = (typeof PERMISSIONS)[number];
export type Level = 'read' | 'write';
export type Permissions = Readonly<Partial<Record<Permission, Level>>>;

/** A person, an app's bot account, or an organisation. */
export interface Account {
  readonly id: Id;
  readonly login: string;
  readonly type: 'User' | 'Bot' | 'Organization';
  readonly name: string;
}

export interface App {
  readonly id: Id;
  readonly slug: string;
  readonly name: string;
  readonly ownerId: Id;
  /** The account that the app acts as; its login ends in `[bot]`. */
  readonly botId: Id;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly createdAt: string;
}

export interface Installation {
  readonly id: Id;
  readonly appId: Id;
  readonly accountId: Id;
  readonly createdAt: string;
}
