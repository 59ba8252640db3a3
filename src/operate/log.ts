import { type DestinationStream, type Logger, pino } from 'pino';
import type { Clock, Log } from '../app/ports.js';
import { withoutSecrets } from './redact.js';
import { createScrub } from './scrub.js';

interface LogOptions {
  /** Lines below this level are not written. */
  readonly level: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
  readonly clock: Pick<Clock, 'now'>;
  /** Where the lines go, one JSON object each; standard output by default. */
  readonly stream?: DestinationStream;
  /** Secrets of this process that are blanked out wherever they turn up. */
  readonly secrets?: readonly string[];
}

/** A pino logger that leaves out secrets and content, for the libraries that want one. */
export function createLogger({ level, clock, stream, secrets = [] }: LogOptions): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":${clock.now()}`,
      formatters: {
        level: (label) => ({ level: label }),
        log: (details) => withoutSecrets(details) as Record<string, unknown>,
      },
      // Errors have become plain objects by then.
      serializers: { err: (error: unknown) => error },
      hooks: { streamWrite: createScrub(secrets) },
    },
    stream ?? pino.destination({ dest: 1, sync: true }),
  );
}

/** The log of the app. */
export function createLog(options: LogOptions): Log {
  const logger = createLogger(options);
  return {
    debug: (message, details = {}) => logger.debug(details, message),
    info: (message, details = {}) => logger.info(details, message),
    warn: (message, details = {}) => logger.warn(details, message),
    error: (message, details = {}) => logger.error(details, message),
  };
}
