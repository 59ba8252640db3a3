import type { Access } from '../../access/access.js';

/** Who may move refs and write commits. */
export const PUSH: Access = { role: 'write', app: [{ contents: 'write' }] };
