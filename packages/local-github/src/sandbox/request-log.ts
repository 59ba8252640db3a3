import type { CallKind } from '../http/call.js';

/** One request of the app under test. */
export interface LoggedRequest {
  readonly n: number;
  /** On the sandbox's clock. */
  readonly at: string;
  readonly kind: CallKind;
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly mutations: readonly string[];
  /** 0 if the connection was closed without an answer. */
  readonly status: number;
  /** Numbers of its effects. */
  readonly effects: readonly number[];
  /** How long the answer took, in real milliseconds. */
  readonly ms: number;
}

export interface RequestLog {
  /** Notes a request when it has come; the returned function completes it when its answer is ready. */
  begin(
    request: Omit<LoggedRequest, 'n' | 'status' | 'effects' | 'ms'>,
  ): (answer: Pick<LoggedRequest, 'status' | 'effects'>) => void;
  /** Those that were answered, oldest first. */
  entries(): readonly LoggedRequest[];
  clear(): void;
}

/** Keeps account of what the app asked. Numbers go on after a clearing. */
export function createRequestLog(): RequestLog {
  let entries: LoggedRequest[] = [];
  let last = 0;
  return {
    begin(request) {
      const n = (last += 1);
      const started = performance.now();
      return (answer) => {
        const ms = Math.round(performance.now() - started);
        entries.push({ n, ...request, ...answer, effects: [...answer.effects], ms });
      };
    },
    entries: () => entries.toSorted((a, b) => a.n - b.n),
    clear: () => void (entries = []),
  };
}
