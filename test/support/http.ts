import { type RequestListener, type ServerOptions, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Runs `use` against a server on a free port of this machine, and closes it and its connections afterwards. */
export async function withServer(
  listener: RequestListener,
  use: (address: { readonly url: string; readonly port: number }) => Promise<void>,
  options: ServerOptions = {},
): Promise<void> {
  const server = createServer(options, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await use({ url: `http://127.0.0.1:${port}`, port });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
