import type { Time } from './issue.js';
import type { Actor } from './people.js';

/**
 * A click on a check run of the app: on a button, or on "Re-run". Unlike everything else that a webhook tells, it is a
 * command, and GitHub keeps no trace of it that could be read later.
 */
export interface Click {
  readonly by: Actor;
  /** The commit that the run is on. */
  readonly sha: string;
  /** Database id of the run; null for "Re-run all checks". */
  readonly run: number | null;
  /** That of the button; `rerun` for "Re-run". */
  readonly identifier: string;
  /** When the webhook came; for "Re-run all checks" when GitHub says that it was. */
  readonly at: Time;
}
