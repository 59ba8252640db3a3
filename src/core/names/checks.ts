/** The check runs of the app beside the gate, whose name is a setting. */

/** Shows what the runner of a subagent does. */
export const RUNNER_CHECK = 'subagent';

/** Shows whether the settings file that a pull request changes can be read. */
export const SETTINGS_CHECK = 'subagent-settings';

/** Where the settings are, on the default branch. */
export const SETTINGS_PATH = '.github/subagents.yml';
