/**
 * What went wrong, by what is to be done about it.
 *
 * - `transient`: server errors, limits, conflicts, time-outs. The repository is tried again later.
 * - `terminal`: GitHub refused, and will refuse again. `message` is GitHub's own sentence, shown where people look.
 * - `bug`: anything else. Logged; people get a generic answer.
 */
export class AppError extends Error {
  constructor(
    readonly kind: 'transient' | 'terminal' | 'bug',
    message: string,
    readonly options: {
      readonly retryAfter?: number;
      readonly status?: number;
      readonly cause?: unknown;
      /** True if the pull request itself is what is refused, and not the way in which it would land. */
      readonly ofPull?: true;
    } = {},
  ) {
    super(message, { cause: options.cause });
  }
}

/** The error as an {@link AppError}; what nobody classified is a bug. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('bug', error instanceof Error ? error.message : String(error), { cause: error });
}

/** What the process was given to start with cannot be used; the message says what, where and how to mend it. */
export class SettingsError extends Error {}
