import { SETTINGS_PATH } from '../names/settings-path.js';
import { wayOut } from '../reasons/words.js';
import { codeSpan } from '../text/code.js';
import { commandSpan } from '../text/command.js';
import { escapeMarkdown } from '../text/escape.js';
import type { Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import type { Need } from './issue-needs.js';
import { MAX_PROSE } from './phrases.js';

/** What GitHub refused at the last attempt, and a configuration that is not valid: they may keep back every issue. */
export function troubles({ config, refusals }: View): readonly Need[] {
  const { prefix } = config.settings.commands;
  const all = refusals.map(({ deed, sentence, of }) => ({
    what: `GitHub did not let me ${deed}: "${escapeMarkdown(sentence, MAX_PROSE)}".`,
    way: `Mend what it says; it is tried again ${of?.kind === 'words' ? 'after a day' : 'at the next change'}, or after ${commandSpan(prefix, 'refresh')}.`,
  }));
  // Several comments on one pull request may be refused.
  const refused = all.filter((each, index) => all.findIndex(({ what }) => what === each.what) === index);
  return config.kind === 'valid' ? refused : [...refused, configNeed(config.kind, config.problem, prefix)];
}

/** Why the app lands no pull request at all, if the base and the configuration do not let it. */
export function noLanding({ method }: Progress): readonly Need[] {
  if (method.kind === 'unreadable') return [];
  switch (method.value.kind) {
    case 'chosen':
      return [];
    case 'none':
      return [
        {
          what: `No pull request can land: ${escapeMarkdown(method.value.why)}.`,
          way: `A maintainer changes ${codeSpan('merge.method')} in ${codeSpan(SETTINGS_PATH)}, or what the repository allows.`,
        },
      ];
  }
}

function configNeed(kind: 'outdated' | 'broken', problem: string, prefix: string): Need {
  const holds =
    kind === 'outdated'
      ? 'Its last valid version stays in force for the gates; nothing new is deployed or landed.'
      : 'It never was valid, so the gates fail; nothing new is deployed or landed.';
  const [way = ''] = wayOut({ kind: 'config invalid', problem }, prefix);
  return {
    what: `${codeSpan(SETTINGS_PATH)} is invalid: ${escapeMarkdown(problem, MAX_PROSE).replace(/[^.?…]$/, '$&.')} ${holds}`,
    way,
  };
}
