import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Numbered {
  readonly number: number;
  readonly title: string;
}

/** The parts of GitHub's webhooks that the demo looks at. */
export interface Payload {
  readonly action?: string;
  readonly sender: { readonly login: string };
  readonly issue?: Numbered & {
    readonly state: string;
    readonly body: string | null;
    readonly labels: readonly { readonly name: string }[];
    readonly pull_request?: object;
  };
  readonly label?: { readonly name: string };
  readonly comment?: { readonly body: string };
  readonly review?: { readonly state: string };
  readonly pull_request?: Numbered & { readonly head: { readonly ref: string; readonly sha: string } };
  readonly check_run?: {
    readonly name: string;
    readonly status: string;
    readonly conclusion: string | null;
    readonly head_sha: string;
    readonly output: { readonly title: string | null };
  };
  readonly ref?: string;
  readonly after?: string;
  readonly deleted?: boolean;
  readonly forced?: boolean;
  readonly head_commit?: { readonly message: string } | null;
}

export type Listener = (event: string, payload: Payload) => void;

export interface Webhooks {
  readonly url: string;
  listen(listener: Listener): void;
  stop(): void;
}

/** A small server that GitHub tells what happens, for CI and for what is printed. */
export async function receiveWebhooks(): Promise<Webhooks> {
  const listeners: Listener[] = [];
  const server = createServer((request, response) => {
    receive(request, response, listeners).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    listen: (listener) => void listeners.push(listener),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  listeners: readonly Listener[],
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const payload = JSON.parse(Buffer.concat(chunks).toString()) as Payload;
  const event = String(request.headers['x-github-event']);
  for (const listener of listeners) listener(event, payload);
  response.writeHead(204).end();
}
