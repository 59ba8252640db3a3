import { describe, expect, test } from '@jest/globals';

import { renderCommunication } from '../../../src/core/tracking/communication.js';
import { aSnapshot, judge } from '../../support/view-builder.js';

function sectionOf(config: string): string {
  return renderCommunication(judge(aSnapshot({ config })).view);
}

describe('the section on communication', () => {
  test('lists the stakeholders with the reason and the events, and the syncs by their times of day', () => {
    expect(
      sectionOf(`
stakeholders:
  - { name: Product team, why: Capacity and timeline, when: [deployed, merged, complete] }
  - { name: QA team, mention: acme/qa, why: Tests | of each, when: [ready, failing, conflict], risk: [high, medium] }
  - { name: DevOps, mention: ada, when: [ready], labels: [database, "a|b"], paths: ["migrations/**"] }
  - { name: Management }
sync: { times: ["17:30", "09:00"], timezone: Europe/Berlin }
`),
    ).toMatchInlineSnapshot(`
     "## Communication

     | Stakeholder | Why | Told when |
     | --- | --- | --- |
     | Product team | Capacity and timeline | deployed, merged, all is complete |
     | QA team (\`acme/qa\`) | Tests \\| of each | ready for review, failing, in conflict; only what is of high or medium risk |
     | DevOps (\`ada\`) |  | ready for review; only what is labelled \`database\`, \`a\\|b\` and changing \`migrations/**\` |
     | Management |  | not by the app |

     A sync is posted here each day at 09:00, 17:30 (\`Europe/Berlin\`), and by \`/subagent sync\`."
    `);
  });

  test('has only what the configuration has, and is left out without', () => {
    expect(sectionOf('sync: { times: ["09:00"] }')).toMatchInlineSnapshot(`
     "## Communication

     A sync is posted here each day at 09:00 (\`UTC\`), and by \`/subagent sync\`."
    `);
    expect(sectionOf('stakeholders: [{ name: QA, when: [ready] }]')).not.toContain('sync');
    expect(sectionOf('sync: { timezone: Europe/Berlin }')).toBe('');
  });

  test('mentions nobody', () => {
    const config =
      'stakeholders: [{ name: "@acme/qa @ada", mention: "@acme/qa", why: "ask @linus, see #8", when: [ready], labels: ["@grace"] }]';
    const text = sectionOf(config).replace(/`[^`]*`/g, '');
    expect(text).not.toMatch(/@(?!\u200b)|#(?!\u200b|#| )/);
  });
});
