export * from './click.js';
export * from './group-by.js';
export * from './head-config.js';
export * from './issue.js';
export * from './people.js';
export * from './pull.js';
export * from './readable.js';
export * from './snapshot.js';
