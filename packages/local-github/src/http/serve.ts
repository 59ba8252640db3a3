import { randomUUID } from 'node:crypto';

import { authenticate } from '../access/authenticate.js';
import { type Principal, isApp } from '../access/principal.js';
import type { Tokens } from '../access/tokens.js';
import { timestamp } from '../clock.js';
import type { Context } from '../domain/context.js';
import { errorAnswer } from '../rest/errors.js';
import { UNDECIDED } from '../mergeability.js';
import type { Faults } from '../sandbox/faults.js';
import type { Limits } from '../sandbox/limits.js';
import type { RequestLog } from '../sandbox/request-log.js';
import type { Id } from '../state/model.js';
import { answerSent } from '../webhooks/answer-sent.js';
import type { View, World } from '../world.js';
import { type Call, CutError } from './call.js';
import { type Incoming, type Reply, headerOf } from './message.js';

export interface ServeParts {
  readonly world: World;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly log: RequestLog;
  /** The app under test: only its requests are logged and meet faults. */
  readonly appId: Id;
  readonly callOf: (incoming: Incoming) => Call;
  readonly count: (operation: string) => void;
}

/** Answers one request: who asks, what they ask, the faults set for it, the write lock, and the common headers. */
export async function serve(parts: ServeParts, incoming: Incoming): Promise<Reply> {
  const call = parts.callOf(incoming);
  parts.count(call.operation);
  const principal = tryAuthenticate(parts, incoming);
  if ('refusal' in principal) {
    return withHeaders(parts, errorAnswer(principal.refusal, challenge(call)), {});
  }
  const ofApp = isApp(principal, parts.appId);
  const reply = ofApp
    ? await answerApp(parts, call, incoming, principal)
    : await perform(parts.world, call, incoming, () => call.run(contextFor(parts.world, principal)));
  return withHeaders(parts, reply, call.budget === 'none' ? {} : parts.limits.headers(call.budget, ofApp));
}

function tryAuthenticate(parts: ServeParts, incoming: Incoming): Principal | { readonly refusal: unknown } {
  try {
    return authenticate(headerOf(incoming, 'authorization'), parts.tokens, parts.world.store.state);
  } catch (refusal) {
    return { refusal };
  }
}

async function answerApp(
  parts: ServeParts,
  call: Call,
  incoming: Incoming,
  principal: Principal,
): Promise<Reply> {
  const { method, path } = incoming;
  const { kind, operation, mutations } = call;
  const context = contextFor(parts.world, principal, (effect) => {
    if (parts.faults.cut(effect)) throw new CutError(effect);
  });
  const at = timestamp(parts.world.clock.now());
  const done = parts.log.begin({ at, kind, method, path, operation, mutations });
  const reply = await meetFaults(parts, call, incoming, context);
  const status = typeof reply === 'string' ? 0 : reply.status;
  if (status === 304) parts.limits.giveBack();
  done({ status, effects: context.effects });
  return reply;
}

function meetFaults(parts: ServeParts, call: Call, incoming: Incoming, context: Context): Promise<Reply> {
  const { world, faults, limits } = parts;
  return perform(world, call, incoming, async () => {
    if (faults.cut(world.store.effect)) return 'hangup';
    const refusal = limits.take(call);
    if (refusal) {
      faults.limited();
      return refusal;
    }
    const instead = faults.before(call, incoming, world.store.effect + 1);
    if (instead !== undefined) return instead;
    try {
      const view = call.kind === 'read' ? faultyView(world, faults) : world.view();
      const outgoing = await call.run({ ...context, view });
      return faults.after(call, incoming, context.effects) ?? outgoing;
    } catch (error) {
      if (error instanceof CutError) return 'hangup';
      throw error;
    }
  });
}

/** What a read of the app sees: an older state, or one of which git has not worked everything out. */
function faultyView(world: World, faults: Faults): View {
  const view = world.view(faults.lag());
  return faults.isUndecided() ? { ...view, mergeability: UNDECIDED } : view;
}

/** Runs a call, under the write lock if it wants that; the webhooks that it causes follow its answer. */
function perform<Result>(
  world: World,
  call: Call,
  incoming: Incoming,
  run: () => Promise<Result>,
): Promise<Result> {
  return answerSent.run(incoming.sent, () => (call.locks ? world.exclusive(run) : run()));
}

function contextFor(
  world: World,
  principal: Principal,
  afterEffect: Context['afterEffect'] = () => undefined,
): Context {
  return {
    world,
    principal,
    get view() {
      return world.view();
    },
    effects: [],
    afterEffect,
  };
}

function challenge(call: Call): Readonly<Record<string, string>> {
  return call.budget === 'none' ? { 'www-authenticate': 'Basic realm="GitHub"' } : {};
}

function withHeaders(parts: ServeParts, reply: Reply, more: Readonly<Record<string, string>>): Reply {
  if (typeof reply === 'string') return reply;
  const common = {
    date: new Date(parts.world.clock.now()).toUTCString(),
    'x-github-request-id': randomUUID(),
    'x-github-media-type': 'github.v3; format=json',
  };
  return { ...reply, headers: { ...common, ...more, ...reply.headers } };
}
