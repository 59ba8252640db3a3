import type { IssueRef } from '../facts/references.js';
import { formatReference } from '../facts/references.js';
import type { Askers } from '../graph/edges.js';
import { nodeOf } from '../graph/node.js';
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
      const last = shares.get(label.toLowerCase())?.findLast((heeded) => asksFor(heeded, issue));
      return last === undefined
        ? null
        : { by: last.comment.author?.login ?? null, note: last.command.reason };
    },
  };
}

function asksFor({ command, here }: Heeded, issue: number): boolean {
  if (command.verb !== 'shares') return false;
  return meansIssue(command, here, issue) || command.others.some((ref) => ref.number === issue);
}

function nodeOfRef(ref: IssueRef, home: string): string {
  const [repository = home] = ref.owner === undefined ? [home] : formatReference(ref).split('#');
  return nodeOf(ref.number, repository, home);
}
