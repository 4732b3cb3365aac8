import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import type { IdentitySource } from './identity.ts';

/** Keeps texts secret that have to lie in the database: AES-256-GCM under a key that only the settings know. */
export interface Seal {
  /**
   * @param about what the text belongs to, such as `slack:T01`; a sealed text that is put in another place cannot be
   * opened there
   */
  close(text: string, about: string): string;
  /**
   * @returns the text, and whether the first key sealed it: if not, seal it again before its key is taken out of the
   * settings; `null` when no key opens it, or when it was tampered with
   */
  open(sealed: string, about: string): { readonly text: string; readonly isCurrent: boolean } | null;
  /** A secret for one purpose, derived from the first key: what signs, for example. 64 hexadecimal digits. */
  secretFor(purpose: string): string;
}

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** NIST SP 800-38D §5.2.1.1 recommends 96 bits. */
const NONCE_BYTES = 12;
const VERSION = 'v1';

interface Key {
  /** Says which key sealed a text, and nothing about the key. */
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * @param secrets from `SECRET_KEY`: the first one closes, all of them open
 * @param identity where nonces come from: each is a new random UUID, hashed
 */
export function createSeal(secrets: readonly [string, ...string[]], identity: Pick<IdentitySource, 'uid'>): Seal {
  const derived = (secret: string, purpose: string) =>
    Buffer.from(hkdfSync('sha256', secret, '', `gcm-bot ${purpose}`, KEY_BYTES));
  const keyOf = (secret: string): Key => {
    const bytes = derived(secret, 'seal');
    return { bytes, name: createHash('sha256').update(bytes).digest('hex').slice(0, 8) };
  };
  const [first, ...others] = secrets;
  const current = keyOf(first);
  const keys = [current, ...others.map(keyOf)];

  return {
    close(text, about) {
      const nonce = createHash('sha256').update(identity.uid()).digest().subarray(0, NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, current.bytes, nonce).setAAD(Buffer.from(about));
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const parts = [nonce, hidden, cipher.getAuthTag()].map((part) => part.toString('base64url'));
      return [VERSION, current.name, ...parts].join('.');
    },

    open(sealed, about) {
      const [version, name, nonce = '', hidden = '', tag = ''] = sealed.split('.');
      const key = keys.find((known) => known.name === name);
      if (version !== VERSION || !key) return null;
      try {
        const decipher = createDecipheriv(ALGORITHM, key.bytes, Buffer.from(nonce, 'base64url'), { authTagLength: 16 })
          .setAAD(Buffer.from(about))
          .setAuthTag(Buffer.from(tag, 'base64url'));
        const text = decipher.update(hidden, 'base64url', 'utf8') + decipher.final('utf8');
        return { text, isCurrent: key === current };
      } catch {
        return null;
      }
    },

    secretFor: (purpose) => derived(first, purpose).toString('hex'),
  };
}
