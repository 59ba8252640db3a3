import { expect, test } from '@jest/globals';

import type { Provision } from '../../../src/core/actions/action.js';
import { anIssue, aSnapshot } from '../../support/view-builder.js';
import { actionsOf, planOf } from './support.js';

test('a task names the shared code that its issue and others state, before there are labels for it', () => {
  const issues = [
    anIssue(8, { body: '### Shares\n\nscan.py -- agree on the lock' }),
    anIssue(4, { body: '### Shares\n\nscan.py' }),
    anIssue(6),
  ];
  const tasks = actionsOf(planOf(aSnapshot({ issues })).rest).filter(
    (action): action is Provision => action.kind === 'provision',
  );
  const content = (number: number) => tasks.find((action) => action.number === number)?.task.content;
  expect(content(4)).toContain('- `scan.py` with #8. Coordination: agree on the lock');
  expect(content(8)).toContain('- `scan.py` with #4. Coordination: agree on the lock');
  expect(content(6)).not.toContain('scan.py');
});
