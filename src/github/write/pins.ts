import type { TogetherAction, Part } from './part.js';

/**
 * Pins or unpins an issue. Best effort: GitHub pins three issues a repository, and its permission for apps is not
 * documented, so what it refuses is only noted.
 */
export function pinPart(
  index: number,
  { kind, issue, number }: Extract<TogetherAction, { readonly kind: 'pin' | 'unpin' }>,
): Part {
  return {
    index,
    what: `${kind} of #${number}`,
    field: { mutation: kind === 'pin' ? 'pinIssue' : 'unpinIssue', input: { issueId: issue } },
    async refused({ error, message }) {
      if (error.kind === 'terminal') return message;
      throw error;
    },
  };
}
