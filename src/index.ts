import type { Probot } from 'probot';

import { createSystemClock } from './app/system-clock.js';
import { compose } from './compose.js';
import { readEnvironment, secretsOf } from './environment.js';
import { createLog } from './operate/log.js';

/** The app for `probot run ./dist/index.js`; `yardmaster start` has a stricter webhook route in front. */
export default function yardmaster(probot: Probot): void {
  const settings = readEnvironment(process.env);
  const { appId, logLevel: level } = settings;
  const clock = createSystemClock();
  const log = createLog({ level, clock, secrets: secretsOf(settings) });
  void compose({ probot, appId, clock, log }).start();
}
