import { SETTINGS_PATH } from '../names/settings-path.js';
import { configWays } from '../reasons/config-words.js';
import { codeSpan } from '../text/code.js';
import { commandSpan } from '../text/command.js';
import { escapeMarkdown } from '../text/escape.js';
import type { Progress } from '../view/progress.js';
import { untold } from '../view/untold.js';
import type { View } from '../view/view.js';
import type { Need } from './issue-needs.js';
import { MAX_PROSE } from './phrases.js';

/** What GitHub refused at the last attempt, and a configuration that is not valid: they may keep back every issue. */
export function troubles({ config, refusals, snapshot }: View): readonly Need[] {
  const { prefix } = config.settings.commands;
  const all = refusals.map(({ deed, sentence, of }) => ({
    what: `GitHub did not let me ${deed}: "${escapeMarkdown(sentence, MAX_PROSE)}".`,
    way: `Mend what it says; it is tried again ${of?.kind === 'words' ? 'after a day' : 'at the next change'}, or after ${commandSpan(prefix, 'refresh')}.`,
  }));
  // Several comments on one pull request may be refused.
  const refused = all.filter((each, index) => all.findIndex(({ what }) => what === each.what) === index);
  if (config.kind === 'valid') return refused;
  return [...refused, configNeed(config.kind, config.problem, snapshot.configFrom)];
}

/** What cannot be read once all is over, so that nobody is told of it, and what becomes of that. */
export function untoldNeeds(view: View): readonly Need[] {
  return untold(view).map(({ what, why }) => ({
    what: `Stakeholders are not told of what has landed: I cannot read ${what}: ${escapeMarkdown(why, MAX_PROSE)}.`,
    way: 'It is read again by itself; an hour after the last landing the deployment ends without.',
  }));
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

function configNeed(kind: 'outdated' | 'broken', problem: string, from: string | null): Need {
  const holds =
    kind === 'outdated'
      ? 'Its last valid version stays in force for the gates; nothing new is deployed or landed.'
      : 'It never was valid, so the gates fail; nothing new is deployed or landed.';
  const [way = ''] = configWays(from);
  return {
    what: `${codeSpan(SETTINGS_PATH)} is invalid: ${escapeMarkdown(problem, MAX_PROSE).replace(/[^.?…]$/, '$&.')} ${holds}`,
    way,
  };
}
