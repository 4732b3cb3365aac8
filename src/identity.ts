import { randomBytes, randomUUID } from 'node:crypto';

/** Where new identifiers come from; injected, so that tests and golden files are repeatable. */
export interface IdentitySource {
  /** A new globally unique identifier, in the form RFC 7986 §5.3 recommends for UID (a random UUID). */
  uid(): string;
  /** A short code that a person can read out, for an error of ours: `7F3A`. */
  reference(): string;
  /** A new secret of 256 bits that can stand in an address: 43 letters, digits, hyphens and underscores. */
  secret(): string;
}

/** Identifiers from the machine's random source. */
export const randomIdentity: IdentitySource = {
  uid: () => randomUUID(),
  reference: () => randomUUID().slice(0, 4).toUpperCase(),
  secret: () => randomBytes(32).toString('base64url'),
};

/** A number from 0 to below 1 that nobody can foresee: what keeps those who wait from coming back all at once. */
export function randomChance(): number {
  return Math.random();
}
