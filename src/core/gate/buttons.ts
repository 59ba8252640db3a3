/**
 * A button on the page of a completed check run. GitHub allows three of them, labels and identifiers of 20 characters and
 * descriptions of 40: https://docs.github.com/en/rest/checks/runs#create-a-check-run
 */
export interface Button {
  readonly label: string;
  readonly description: string;
  readonly identifier: ButtonIdentifier;
}

export type ButtonIdentifier = 'undo-override' | 'check-again';

/** Only somebody with the role of the verb `override` may press it with effect. */
export const UNDO_OVERRIDE: Button = {
  label: 'Undo override',
  description: 'Lets the merge order hold again',
  identifier: 'undo-override',
};

export const CHECK_AGAIN: Button = {
  label: 'Check again',
  description: 'Looks at everything again now',
  identifier: 'check-again',
};
