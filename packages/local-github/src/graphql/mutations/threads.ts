import { type Context, present, row } from '../../domain/context.js';
import { addAssignees } from '../../domain/issues/assignees.js';
import { type Subject, addReaction } from '../../domain/issues/reactions.js';
import { addLabels, setLabels } from '../../domain/labels.js';
import { parseNodeId } from '../../present/node-id.js';
import type { Issue } from '../../state/model.js';
import type { Mutation } from '../mutation.js';
import { Typed } from '../request.js';
import { contentOf, reactionGroups } from '../types/text.js';
import { commentNamed, labelNamedBy, labelNamesOf, loginsOf, threadNamed } from './target.js';

const EITHER = [{ issues: 'write' }, { pull_requests: 'write' }] as const;

/** The issue or pull request as the effect left it, as a value of an interface. */
function threadNow(context: Context, { id }: Issue): Typed {
  const { state } = present(context);
  const issue = row(state.issues, id);
  if (issue.pullId === null) return new Typed('Issue', issue);
  return new Typed('PullRequest', row(state.pulls, issue.pullId));
}

interface Labels {
  readonly labelableId: string;
  readonly labelIds: readonly string[];
}

/** Mutations of what issues and pull requests have in common. */
export const threadMutations: Readonly<Record<string, Mutation>> = {
  addLabelsToLabelable: {
    access: EITHER,
    run(context, { labelableId, labelIds }: Labels) {
      const issue = threadNamed(context, labelableId);
      addLabels(context, issue, labelNamesOf(context, labelIds));
      return { labelable: threadNow(context, issue) };
    },
  },
  /** Labels that are not on are passed over. */
  removeLabelsFromLabelable: {
    access: EITHER,
    run(context, { labelableId, labelIds }: Labels) {
      const issue = threadNamed(context, labelableId);
      const gone = labelIds.map((id) => labelNamedBy(context, id).id);
      const { labels } = present(context).state;
      const kept = issue.labelIds.filter((id) => !gone.includes(id)).map((id) => row(labels, id).name);
      setLabels(context, issue, kept);
      return { labelable: threadNow(context, issue) };
    },
  },
  addAssigneesToAssignable: {
    access: EITHER,
    run(context, input: { assignableId: string; assigneeIds: readonly string[] }) {
      const issue = threadNamed(context, input.assignableId);
      addAssignees(context, issue, loginsOf(context, input.assigneeIds));
      return { assignable: threadNow(context, issue) };
    },
  },
  addReaction: {
    access: EITHER,
    run(context, { subjectId, content }: { subjectId: string; content: string }) {
      const onComment = parseNodeId(subjectId)?.type === 'IssueComment';
      const subject: Subject = onComment
        ? { kind: 'comment', row: commentNamed(context, subjectId) }
        : { kind: 'issue', row: threadNamed(context, subjectId) };
      const { reaction } = addReaction(context, subject, contentOf(content));
      return {
        reaction,
        reactionGroups: reactionGroups(present(context), subject.row.id),
        subject:
          subject.kind === 'issue' ? threadNow(context, subject.row) : new Typed('IssueComment', subject.row),
      };
    },
  },
};
