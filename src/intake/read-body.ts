import type { IncomingMessage } from 'node:http';
import type { Clock } from '../app/ports.js';
import type { IntakeLimits } from './limits.js';

/** `gone`: the sender hung up. */
export type Body =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'too large' | 'too slow' | 'too many' | 'gone' };

/** Makes a reader of request bodies that keeps the limits; it counts the bytes of all bodies that are being read. */
export function createBodyReader(
  clock: Clock,
  limits: IntakeLimits,
): (request: IncomingMessage) => Promise<Body> {
  let held = 0;

  return (request) => {
    // A body that says that it is too large is refused before any of it is read.
    if (Number(request.headers['content-length'] ?? 0) > limits.body) {
      return Promise.resolve({ kind: 'too large' });
    }
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const cancel = clock.at(clock.now() + limits.bodyWithin, () => end({ kind: 'too slow' }));

      function end(body: Body): void {
        cancel();
        held -= size;
        size = 0;
        chunks.length = 0;
        request.off('data', take).off('end', finish).off('close', hangUp).off('error', hangUp);
        resolve(body);
      }
      function take(chunk: Buffer): void {
        size += chunk.length;
        held += chunk.length;
        if (size > limits.body) return end({ kind: 'too large' });
        if (held > limits.allBodies) return end({ kind: 'too many' });
        chunks.push(chunk);
      }
      const finish = () => end({ kind: 'read', bytes: Buffer.concat(chunks) });
      const hangUp = () => end({ kind: 'gone' });
      request.on('data', take).on('end', finish).on('close', hangUp).on('error', hangUp);
    });
  };
}

/**
 * Lets a refused sender go on sending for a while, keeping nothing of it: a connection that is closed while data still
 * arrives is reset, and the sender would never see the answer.
 */
export function discard(request: IncomingMessage, clock: Clock, linger: number): void {
  const { socket } = request;
  if (request.complete || socket.destroyed) return;
  const cancel = clock.at(clock.now() + linger, () => socket.destroy());
  // After its answer a request that is cut off tells only by its socket.
  function stop(): void {
    cancel();
    socket.off('close', stop);
    request.off('end', stop);
  }
  socket.on('close', stop);
  request.on('end', stop).on('error', stop).resume();
}
