import { deleteAccount } from '../domain/accounts.js';
import { pressButton, seeButtons } from '../domain/checks/buttons.js';
import { pressRerun, pressRerunAll } from '../domain/checks/rerequest.js';
import { type Context, present, row } from '../domain/context.js';
import { GitHubError, forbidden, unprocessable } from '../domain/errors.js';
import { type Call, CutError } from '../http/call.js';
import { type Incoming, json, readJson } from '../http/message.js';
import { errorAnswer } from '../rest/errors.js';
import type { Json } from '../rest/route.js';
import type { Id } from '../state/model.js';

type Page = (context: Context, id: Id, body: unknown) => Json;

const PAGES: Readonly<Record<string, Page>> = {
  'POST check-runs click': (context, id, body) => {
    pressButton(context, runOf(context, id), identifierOf(body));
    return {};
  },
  'POST check-runs rerun': (context, id, body) => {
    nothingIn(body);
    pressRerun(context, runOf(context, id));
    return {};
  },
  'POST check-suites rerun': (context, id, body) => {
    nothingIn(body);
    pressRerunAll(context, row(present(context).state.checkSuites, id));
    return {};
  },
  'POST accounts delete': (context, id, body) => {
    nothingIn(body);
    deleteAccount(context, id);
    return {};
  },
  'GET check-runs buttons': (context, id) => ({
    buttons: seeButtons(context, runOf(context, id)).map((button) => ({ ...button })),
  }),
};

/** What {@link pageCall} takes, for people who ask for something else. */
export const PAGE_ROUTES = Object.keys(PAGES).map((key) => {
  const [method, kind, verb] = key.split(' ');
  return `${method} /_sandbox/${kind}/{id}/${verb}`;
});

/**
 * What people do and see on GitHub's web page and no API offers, with a person's token: the buttons of check runs, and
 * deleting one's account. Asked like the API, refused in its form. Undefined for every other address.
 */
export function pageCall(incoming: Incoming): Call | undefined {
  const [, kind, id, verb] = /^\/_sandbox\/(check-\w+|accounts)\/(\d+)\/(\w+)$/.exec(incoming.path) ?? [];
  const page = PAGES[`${incoming.method} ${kind} ${verb}`];
  if (page === undefined) return undefined;
  const writes = incoming.method !== 'GET';

  async function run(context: Context) {
    try {
      if (context.principal.kind === 'installation') throw forbidden('People press buttons, apps do not');
      return json(200, page?.(context, Number(id), bodyOf(incoming)) ?? {});
    } catch (error) {
      if (error instanceof CutError) throw error;
      return errorAnswer(error);
    }
  }

  return {
    kind: writes ? 'write' : 'read',
    operation: '',
    locks: writes,
    mutations: [],
    budget: 'none',
    run,
  };
}

function runOf(context: Context, id: Id) {
  return row(present(context).state.checkRuns, id);
}

function bodyOf(incoming: Incoming): unknown {
  try {
    return readJson(incoming);
  } catch {
    throw new GitHubError(400, 'UNPROCESSABLE', 'Problems parsing JSON');
  }
}

function identifierOf(body: unknown): string {
  const { identifier, ...others }: { identifier?: unknown } = Object(body);
  if (typeof identifier !== 'string' || Object.keys(others).length > 0) {
    throw unprocessable('expected {"identifier": "…"}, as the app gave it to the button, and nothing else');
  }
  return identifier;
}

function nothingIn(body: unknown): void {
  if (Object.keys(Object(body)).length > 0) throw unprocessable('expected no body');
}
