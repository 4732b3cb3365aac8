/**
 * What Teams takes, and what one card keeps to so that it stays readable. Sizes are counted as Teams counts them: in
 * UTF-16, where a character of most languages is two bytes, and with the card as a quoted string inside the activity.
 */
export const LIMITS = {
  /**
   * Bytes of a card. A message may have 100 KB (Teams, “Format your bot messages”, Message content); the activity
   * around the card needs some of it, and messages of 70 KB have been refused.
   */
  cardBytes: 80 * 1024,
  /** Bytes of the text for clients that cannot show the card. A fifth of the card: it is seldom seen. */
  fallbackBytes: 16 * 1024,
  /** Bytes of a picture that the card carries: half of the card, so that its words fit beside it. */
  pictureBytes: 40 * 1024,
  /** Buttons of one ActionSet that Teams shows; the others go to its overflow menu (Adaptive Cards 1.5, `mode`). */
  primaryActions: 6,
  /** Buttons of one ActionSet, those of the overflow menu included: a longer menu is no longer read. */
  actions: 20,
  /** Characters of all answers of a question that stand in one row: what the narrowest phone has room for. */
  answersInRow: 24,
  /** Answers of one question. */
  answers: 20,
  /** Characters of a button. Teams cuts longer ones off at the width of a phone. */
  actionTitle: 40,
  /** Characters of a command line behind a button. A longer one is not offered, because half of it does something else. */
  commandLine: 2_000,
  /** Choices that a choice set carries along; more are looked up while somebody types, 15 at a time (“Typeahead search”). */
  choices: 100,
  /** Characters of a choice. */
  choiceTitle: 100,
  /** Characters of a title, a heading, a label. */
  title: 300,
  /** Characters of a piece of a line. */
  piece: 4_000,
  /** Characters that a field of a form holds. */
  value: 4_000,
  /** Characters of an address (what browsers agree on). */
  url: 2_000,
  /** Characters of a notification: what the banner of a phone shows. */
  notification: 400,
  /** Steps by which parts of parts are indented. */
  indents: 4,
} as const;

/** Bytes of a value as Teams counts them: its JSON as a quoted string, in UTF-16. */
export function sizeOf(value: unknown): number {
  return 2 * JSON.stringify(JSON.stringify(value)).length;
}
