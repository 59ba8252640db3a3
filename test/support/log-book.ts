import type { Log } from '../../src/app/ports.js';

interface LogLine {
  readonly level: keyof Log;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A log that a test can read. */
export function createLogBook(): Log & { readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const at =
    (level: keyof Log) =>
    (message: string, details: Readonly<Record<string, unknown>> = {}) => {
      lines.push({ level, message, details });
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), lines };
}
