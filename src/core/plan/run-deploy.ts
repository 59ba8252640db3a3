import type { Action } from '../actions/action.js';
import { controlLabels } from '../names/labels.js';
import { escapeMarkdown } from '../text/escape.js';
import { MAX_PROSE } from '../tracking/phrases.js';
import { type Ran, type Run, done, notNow } from './run.js';
import { setLabelOnceRead } from './run-label.js';
import { lookUp } from './run-look-up.js';
import { targetNumbers } from './run-targets.js';

/** Puts the deploy label. A number that is only named is looked up first: it has to be an issue, and not the app's own. */
export function deploy(run: Run): Ran {
  const { deploy: label } = controlLabels(run.view.config.settings);
  const actions: Action[] = [];
  const ask: number[] = [];
  for (const number of targetNumbers(run)) {
    const problem = problemOf(number, run);
    if (problem === 'ask') ask.push(number);
    else if (problem !== null) {
      return notNow(run, number, problem.because);
    } else {
      const set = setLabelOnceRead(run, number, label, true, 'cancel');
      if ('kind' in set) return set;
      actions.push(...set);
    }
  }
  return ask.length > 0 ? { kind: 'ask', numbers: ask } : done(actions);
}

function problemOf(number: number, run: Run): { readonly because: string } | 'ask' | null {
  if (number === run.view.tracker?.number) return { because: 'it is the tracking issue' };
  if (number === run.here) return null;
  const found = lookUp(number, run);
  if (found === null) return 'ask';
  return 'problem' in found ? { because: escapeMarkdown(found.problem, MAX_PROSE) } : null;
}
