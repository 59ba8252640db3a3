import { expect, test } from '@jest/globals';
import { read } from '../../../src/core/model/index.js';
import { aComment, blockedBy } from '../../support/snapshot.js';
import { aPull, aSnapshot, aTracker, anIssue } from '../../support/view-builder.js';
import { actionsOf, planOf } from './support.js';

/** GitHub's limit of a comment (docs.github.com, REST API, "Create an issue comment"), less the marker. */
const MOST = 65_536 - 100;

function answerTo(body: string): string {
  const issues = Array.from({ length: 1_500 }, (_, index) =>
    anIssue(index + 100, { blockedBy: blockedBy(...(index === 0 ? [] : [index + 99])) }),
  );
  const pulls = issues.map((issue) => aPull(5_000 + issue.number, issue));
  const comments = read([aComment(12, body)]);
  const { homes } = planOf(aSnapshot({ issues, pulls, trackers: [aTracker()], comments }));
  const [reply, react, ...more] = actionsOf(homes);
  expect([react, more]).toEqual([expect.objectContaining({ kind: 'react', with: '+1' }), []]);
  return reply?.kind === 'comment' ? reply.body : 'no reply';
}

test.each(['status', 'why'])(
  'the answer to `%s` about 1,500 issues fits a comment, and says that there are more',
  (verb) => {
    const answer = answerTo(`/${verb}`);
    expect(answer.length).toBeGreaterThan(20_000);
    expect(answer.length).toBeLessThan(MOST);
    expect(answer).toMatch(new RegExp(`\\n\\d+ more.*: name those that you mean, like \`${verb} #8\`\\.$`));
  },
);

test('the answers to ten commands in one comment fit it, or are asked for one by one', () => {
  const answer = answerTo(Array.from({ length: 10 }, () => '/status').join('\n'));
  expect(answer.length).toBeLessThan(MOST);
  expect(answer).toMatch(/\n8 more of your commands would be answered at length: comment them one by one\.$/);
});

test('short answers stand below one another', () => {
  expect(answerTo('/status #100\n/status #101').match(/^@linus: this is how it stands\.$/gm)).toHaveLength(2);
});
