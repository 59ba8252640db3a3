export type { Activity, Worker } from './activity.js';
export type { Clock, TimerKind } from './clock.js';
export type { Mount } from './http/listen.js';
export type { AppSeed } from './sandbox/apps.js';
export type { Info } from './sandbox/info.js';
export { SeedError } from './sandbox/seed-file.js';
export { type LocalGithub, type LocalGithubOptions, startLocalGithub } from './server.js';
