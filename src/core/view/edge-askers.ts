import type { Askers } from '../graph/edges.js';
import { nodeOfRef } from '../graph/node.js';
import { type Digest, sharesLabel } from '../names/labels.js';
import { type Heeded, meansIssue } from './heard.js';

/** Finds who asked for an edge among the accepted commands; the last one counts. */
export function createEdgeAskers(accepted: readonly Heeded[], home: string, digest: Digest): Askers {
  const dependencies = new Map<string, string>();
  const shares = new Map<string, Heeded[]>();
  for (const heeded of accepted) {
    const { command, comment, here } = heeded;
    if (command.verb === 'depends-on') {
      for (const ref of command.refs) {
        if (comment.author !== null)
          dependencies.set(`#${here} ${nodeOfRef(ref, home)}`, comment.author.login);
      }
    } else if (command.verb === 'shares') {
      const label = sharesLabel(command.name, digest).name.toLowerCase();
      shares.set(label, [...(shares.get(label) ?? []), heeded]);
    }
  }
  return {
    dependency: (issue, on) => dependencies.get(`#${issue} ${on}`) ?? null,
    share(issue, label) {
      const asked = shares.get(label.toLowerCase()) ?? [];
      const last = asked.findLast(({ command, here }) => meansIssue(command, here, issue));
      return last?.comment.author?.login ?? null;
    },
    note(label) {
      const asked = shares.get(label.toLowerCase()) ?? [];
      return asked.findLast(({ command }) => command.reason !== null)?.command.reason ?? null;
    },
  };
}
