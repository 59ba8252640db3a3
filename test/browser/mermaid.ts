/** Diagrams as mermaid draws them in a browser. */
import { createRequire } from 'node:module';

import type { Page } from 'playwright-core';

const require = createRequire(import.meta.url);

export interface Drawn {
  /** What mermaid takes it for; '' for what it refuses. */
  readonly kind: string;
  /** Why mermaid refuses it; null for what it draws. */
  readonly problem: string | null;
  /** Whatever in it does more than to be looked at: links, scripts, images, handlers. */
  readonly live: readonly string[];
  /** The labels of the nodes of a flowchart. */
  readonly nodes: readonly string[];
  readonly arrows: number;
  readonly dotted: number;
  /** All lines, of whatever kind. */
  readonly edges: number;
  /** The bars of a chart, their labels, the names of its sections, and its hours. */
  readonly bars: number;
  readonly barTexts: readonly string[];
  readonly sections: readonly string[];
  readonly ticks: readonly string[];
}

export type Draw = (diagrams: readonly string[]) => Promise<readonly Drawn[]>;

/** Makes the page one that draws. */
export async function drawer(page: Page): Promise<Draw> {
  await page.setContent('<!doctype html><html lang="en"><body></body></html>');
  await page.addScriptTag({ path: require.resolve('@mermaid-js/tiny') });
  await page.addScriptTag({ path: new URL('in-page.js', import.meta.url).pathname });
  return (diagrams) => page.evaluate(`drawAll(${JSON.stringify(diagrams)})`);
}

/** The diagrams of a text in Markdown. */
export function diagramsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```mermaid\n([^]*?)\n```$/gm)].map(([, diagram]) => diagram ?? '');
}
