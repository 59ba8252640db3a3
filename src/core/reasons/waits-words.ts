import { listed } from '../text/listed.js';
import type { Trouble, Waits } from './reason.js';

/** In a sentence so many files or checks of what is waited for are named. */
const MAX_NAMED = 3;

/** What is waited for: issue numbers and the app's own words only. */
export function waitsText({ node, pull }: Waits): string {
  return `Waits for ${node}${pull === null ? '' : ` (pull request #${pull})`}`;
}

/** What somebody has to mend about it first, as a clause that goes on behind {@link waitsText}; '' if nothing. Plain text. */
export function causeText({ because }: Waits): string {
  const trouble = because.find((reason) => isTrouble(reason));
  if (trouble !== undefined) return `, ${troubleText(trouble)}`;
  return because.some(({ kind }) => kind === 'hold') ? ', which is on hold' : '';
}

/** Whether it is about the work of the one that is waited for, and no reason of its gate. */
export function isTrouble(reason: Waits['because'][number]): reason is Trouble {
  return reason.kind === 'conflict' || reason.kind === 'failing checks';
}

function troubleText(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'conflict': {
      const { files } = trouble;
      const text = 'which conflicts with the base';
      if (files.kind === 'unreadable' || files.value.length === 0) return text;
      return `${text} in ${listed(files.value, MAX_NAMED, String)}`;
    }
    case 'failing checks': {
      const checks = trouble.names.length === 1 ? 'check' : 'checks';
      const fail = trouble.names.length === 1 ? 'fails' : 'fail';
      return `whose ${checks} ${listed(trouble.names, MAX_NAMED, String)} ${fail}`;
    }
  }
}
