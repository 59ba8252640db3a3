import { AsyncLocalStorage } from 'node:async_hooks';

/** Within a request: resolves when its answer has been sent. Webhooks of its effects wait for it, so that none is faster. */
export const answerSent = new AsyncLocalStorage<Promise<void>>();
