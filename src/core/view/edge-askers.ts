import { groupBy } from '../model/index.js';
import type { Askers } from '../graph/edges.js';
import { nodeOfRef } from '../graph/node.js';
import { type Digest, sharesLabel } from '../names/labels.js';
import { type Heeded, meansIssue } from './heard.js';

/** Finds who asked for an edge among the accepted commands; the last one counts. */
export function createEdgeAskers(accepted: readonly Heeded[], home: string, digest: Digest): Askers {
  const dependencies = new Map<string, string>();
  for (const { command, comment, here } of accepted) {
    if (command.verb !== 'depends-on' || comment.author === null) continue;
    for (const ref of command.refs)
      dependencies.set(`#${here} ${nodeOfRef(ref, home)}`, comment.author.login);
  }
  const shares = groupBy(accepted, ({ command }) =>
    command.verb === 'shares' ? sharesLabel(command.name, digest).name.toLowerCase() : null,
  );
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
