import { isTracker } from './sentences.js';
import type { Payload } from './webhooks.js';

/** What the webhooks said that is wanted in the end. */
export interface Record {
  hear(event: string, payload: Payload): void;
  /** The tracking issue as it was last written while work was left: it shows more than when all of it is over. */
  lastOpen(): string;
}

export function createRecord(): Record {
  let lastOpen = '';
  return {
    hear(event, { issue }) {
      if (event !== 'issues' || issue?.state !== 'open' || !isTracker(issue)) return;
      if (!issue.title.endsWith('complete')) lastOpen = markdownOf(issue);
    },
    lastOpen: () => lastOpen,
  };
}

/** An issue as a file: its title as the heading, then its body. */
export function markdownOf({
  title,
  body,
}: {
  readonly title: string;
  readonly body?: string | null | undefined;
}) {
  return `# ${title}\n\n${body ?? ''}\n`;
}
