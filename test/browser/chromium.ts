/** A browser to look at things with: the Chromium of this machine, without a network. */
import { type Browser, type Page, chromium } from 'playwright-core';

export interface Opened {
  readonly page: Page;
  /** What the page has asked of a network, all of it in vain. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

/** One page of a fresh browser, which is at that path. */
export async function openPage(path: string): Promise<Opened> {
  const browser = await launch(path);
  const page = await browser.newPage({ viewport: { width: 1_200, height: 900 } });
  const requests: string[] = [];
  await page.route('**/*', async (route) => {
    requests.push(route.request().url());
    await route.abort();
  });
  return { page, requests, close: () => browser.close() };
}

async function launch(executablePath: string): Promise<Browser> {
  try {
    // Where this runs as root, as in a container, Chromium starts only without its sandbox. It shows our own pages only.
    return await chromium.launch({ executablePath, chromiumSandbox: false, timeout: 60_000 });
  } catch (cause) {
    throw new Error(`${executablePath} does not start: install Chromium anew, or set CHROMIUM_PATH.`, {
      cause,
    });
  }
}
