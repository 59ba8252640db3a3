import { generateKeyPairSync, type KeyObject } from 'node:crypto';

import type { Id } from '../state/model.js';

export interface AppKey {
  readonly publicKey: KeyObject;
  /** PKCS#1 in PEM, as GitHub hands it out. */
  readonly privatePem: string;
}

const keys = new Map<Id, AppKey>();

/** The key pair of an app (RSA, 2048 bit), made when first asked for and the same for the life of the process. */
export function appKey(appId: Id): AppKey {
  const known = keys.get(appId);
  if (known !== undefined) return known;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key: AppKey = {
    publicKey,
    privatePem: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  };
  keys.set(appId, key);
  return key;
}
