import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { Loose, Sandbox } from './sandbox.js';

export interface Push {
  readonly branch: string;
  /** The head after it; null if the branch was deleted. */
  readonly head: string | null;
}

/** What was pushed, oldest first, as GitHub's webhooks have told the App. */
export async function pushesOf(sandbox: Sandbox): Promise<readonly Push[]> {
  const deliveries: Loose[] = [];
  for (let path: string | undefined = '/app/hook/deliveries?per_page=100'; path !== undefined;) {
    const { body, next }: Page = await askAsApp(sandbox, path);
    deliveries.push(...body.filter(({ event }: Loose) => event === 'push'));
    path = next;
  }
  const pushes: Push[] = [];
  for (const { id } of deliveries.toReversed()) {
    const { ref, after, deleted } = (await askAsApp(sandbox, `/app/hook/deliveries/${id}`)).body.request
      .payload;
    pushes.push({ branch: ref.replace('refs/heads/', ''), head: deleted ? null : after });
  }
  return pushes;
}

interface Page {
  readonly body: Loose;
  /** The path of the next page. */
  readonly next: string | undefined;
}

async function askAsApp({ info }: Sandbox, path: string): Promise<Page> {
  const headers = { authorization: `Bearer ${tokenOf(info.app)}` };
  const response = await fetch(`${info.api}${path}`, { headers });
  if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
  const [, next] = /<([^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '') ?? [];
  return { body: await response.json(), next: next?.replace(info.api, '') };
}

/** A JSON web token of the App. https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app */
function tokenOf({ id, privateKeyFile }: { readonly id: number; readonly privateKeyFile: string }): string {
  const now = Math.floor(Date.now() / 1000);
  const parts = [
    { alg: 'RS256', typ: 'JWT' },
    { iat: now - 60, exp: now + 300, iss: String(id) },
  ];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = createSign('RSA-SHA256')
    .update(text)
    .sign(readFileSync(privateKeyFile, 'utf8'), 'base64url');
  return `${text}.${signature}`;
}
