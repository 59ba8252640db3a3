/** Where the settings are, on the default branch. */
export const SETTINGS_PATH = '.github/subagents.yml';
