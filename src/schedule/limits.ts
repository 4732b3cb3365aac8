/** The most that a schedule holds of anything: characters of a text (UTF-16 units), entries of a list, people. */
export const LIMITS = {
  handle: 64,
  uid: 255,
  title: 200,
  description: 4000,
  name: 200,
  region: 100,
  city: 100,
  country: 100,
  headLevel: 100,
  participationNotes: 1000,
  /** People per delegation. */
  delegation: 1000,
  url: 2000,
  zone: 64,
  language: 35,
  email: 254,
  documents: 50,
  documentTitle: 300,
  documentNote: 500,
  outcomes: 100,
  outcome: 1000,
  reason: 500,
  /** Occurrences that one `repeat` makes. */
  occurrences: 200,
  precededBy: 50,
  topic: 200,
  noteText: 2000,
  points: 50,
  point: 1000,
  /** Largest SEQUENCE (RFC 5545 §3.3.8: a 32-bit integer). */
  sequence: 2_147_483_647,
} as const;

/** What a handle looks like: lower-case letters, digits and single hyphens between them. */
export const HANDLE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Whether a text is an address that a browser opens: http or https, without spaces. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s<>"]+$/iu.test(text) && URL.canParse(text);
}
