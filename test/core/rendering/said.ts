/** All that a plan would have people read. */
import type { Action } from '../../../src/core/actions/action.js';
import { plan } from '../../../src/core/plan/plan.js';
import { NOW, digest } from '../../support/view-builder.js';
import type { World } from './worlds.js';

/** A text in Markdown, by where it would stand. */
export type Said = readonly [where: string, markdown: string];

export function saidIn({ snapshot, refusals }: World, now = NOW): readonly Said[] {
  const input = { snapshot, now, digest, appVersion: '0.1.0', refusals, refused: new Set<string>() };
  const { homes, rest } = plan(input);
  return [...homes, ...rest].flatMap(({ actions }) => actions).flatMap(textsOf);
}

export function textsOf(action: Action): readonly Said[] {
  switch (action.kind) {
    case 'comment':
      return [[`comment on #${action.number}, ${action.cause.split('-')[0]}`, action.body]];
    case 'close pull':
      return [[`last comment on #${action.pull.number}`, action.comment]];
    case 'create tracker':
    case 'update tracker':
      return [['tracking issue', action.body]];
    case 'open pull':
      return [[`pull request of ${action.pull.head}`, action.pull.body]];
    case 'provision':
      return [[`pull request of #${action.number}`, action.pull.body]];
    case 'publish gates':
      return action.gates.map(({ sha, verdict }) => [`${action.name} on ${sha}`, verdict.summary] as const);
    default:
      return [];
  }
}
