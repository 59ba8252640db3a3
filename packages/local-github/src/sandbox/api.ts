import { StillBusyError } from '../activity.js';
import { type Clock, timestamp } from '../clock.js';
import { type Incoming, type Outgoing, json, readJson } from '../http/message.js';
import type { Json } from '../rest/route.js';
import { milliseconds } from './duration.js';
import { readFaults } from './fault-settings.js';
import type { Faults } from './faults.js';
import { PAGE_ROUTES } from './pages.js';
import type { RequestLog } from './request-log.js';
import type { Mover } from './settle.js';

export interface SandboxParts {
  readonly clock: Clock;
  readonly mover: Mover;
  readonly faults: Faults;
  readonly log: RequestLog;
}

type Handler = (parts: SandboxParts, body: unknown) => Outgoing | Promise<Outgoing>;

const HANDLERS: Readonly<Record<string, Handler>> = {
  'GET /_sandbox/clock': ({ clock }) => json(200, { now: timestamp(clock.now()) }),
  'POST /_sandbox/clock': advance,
  'POST /_sandbox/settle': ({ mover }) => busyIs504(async () => json(200, await mover.settle())),
  'GET /_sandbox/requests': ({ log }) => json(200, log.entries() as unknown as Json),
  'DELETE /_sandbox/requests': ({ log }) => {
    log.clear();
    return json(204, undefined);
  },
  'GET /_sandbox/faults': ({ faults }) => json(200, faults.shown()),
  'POST /_sandbox/faults': setFaults,
};

/** The sandbox's own routes, which no GitHub has: clock, settling, request log, faults. */
export async function sandboxAnswer(parts: SandboxParts, incoming: Incoming): Promise<Outgoing> {
  const handler = HANDLERS[`${incoming.method} ${incoming.path}`];
  if (handler === undefined) {
    return json(404, {
      message: `The sandbox has no ${incoming.method} ${incoming.path}`,
      routes: [...Object.keys(HANDLERS), ...PAGE_ROUTES],
    });
  }
  let body: unknown;
  try {
    body = readJson(incoming) ?? {};
  } catch {
    return wrong(['the body is not JSON']);
  }
  return handler(parts, body);
}

function advance({ clock, mover }: SandboxParts, body: unknown): Outgoing | Promise<Outgoing> {
  const { advance: duration, ...others }: { advance?: unknown } = Object(body);
  if (typeof duration !== 'string' || Object.keys(others).length > 0) {
    return wrong(['expected {"advance": "PT24H"}: an ISO 8601 duration and nothing else']);
  }
  return busyIs504(async () => {
    try {
      await mover.advance(clock.now() + milliseconds(duration));
    } catch (error) {
      if (error instanceof RangeError) return wrong([`advance: ${error.message}`]);
      throw error;
    }
    return json(200, { now: timestamp(clock.now()) });
  });
}

function setFaults({ faults }: SandboxParts, body: unknown): Outgoing {
  const settings = readFaults(body);
  if ('problems' in settings) return wrong(settings.problems);
  faults.set(settings);
  return json(200, faults.shown());
}

async function busyIs504(run: () => Promise<Outgoing>): Promise<Outgoing> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof StillBusyError)) throw error;
    return json(504, { waiting_for: [...error.waitingFor] });
  }
}

function wrong(problems: readonly string[]): Outgoing {
  return json(400, { message: problems.join('; '), errors: [...problems] });
}
