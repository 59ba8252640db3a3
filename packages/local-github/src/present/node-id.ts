import type { Id } from '../state/model.js';

/** GraphQL types that have a node id, with the prefix that their ids carry. */
const PREFIXES = {
  User: 'U',
  Bot: 'BOT',
  Organization: 'O',
  App: 'A',
  Installation: 'INS',
  Repository: 'R',
  Ref: 'REF',
  Label: 'LA',
  Issue: 'I',
  IssueComment: 'IC',
  Reaction: 'REA',
  UserContentEdit: 'UCE',
  PullRequest: 'PR',
  PullRequestReview: 'PRR',
  RepositoryRuleset: 'RRS',
  RepositoryRule: 'RRU',
  MergeQueue: 'MQ',
  MergeQueueEntry: 'MQE',
  CheckSuite: 'CS',
  CheckRun: 'CR',
  StatusContext: 'SC',
  TimelineEvent: 'EV',
  Commit: 'C',
  Blob: 'B',
  Tree: 'T',
} as const;
export type NodeType = keyof typeof PREFIXES;

/** The opaque id of a row in GraphQL, and `node_id` in REST. For git objects the key is `<repository id>:<oid or ref>`. */
export function nodeId(type: NodeType, key: Id | string): string {
  return `${PREFIXES[type]}_kw${Buffer.from(String(key)).toString('base64url')}`;
}

/** What a node id names, or undefined for what is none. */
export function parseNodeId(id: string): { type: NodeType; key: string } | undefined {
  const [prefix, rest] = id.split('_kw', 2);
  const type = (Object.keys(PREFIXES) as NodeType[]).find((name) => PREFIXES[name] === prefix);
  if (type === undefined || rest === undefined) return undefined;
  return { type, key: Buffer.from(rest, 'base64url').toString() };
}
