import type { IdentitySource } from '../../src/identity.ts';

/** Identifiers in the order in which they are asked for, the same in every run. */
export function countedIdentity(): IdentitySource {
  let uids = 0;
  let references = 0;
  let secrets = 0;
  return {
    uid: () => `00000000-0000-4000-8000-${(uids += 1).toString().padStart(12, '0')}`,
    reference: () => (references += 1).toString(16).toUpperCase().padStart(4, '0'),
    secret: () => `secret-${(secrets += 1).toString().padStart(36, '0')}`,
  };
}
