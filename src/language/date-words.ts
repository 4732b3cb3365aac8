/**
 * The words of one language with which people write dates. The names of months and weekdays are not among them: `Intl`
 * knows those. Compared without case and accents; an entry may have several words.
 */
export interface DateWords {
  /** Cities as the language calls them, by IANA zone, where it differs from the zone's own name. */
  readonly cities: Readonly<Record<string, string>>;
  /** How a zone is written behind a time; `{city}` stands for an IANA name or a city. */
  readonly zonePatterns: readonly string[];
  readonly today: readonly string[];
  /** Words for today that put a bare hour into the evening: “tonight at 8”. They are among `today` too. */
  readonly evening: readonly string[];
  /** Parts of a day. None is a time that could be noted, nor a place. */
  readonly dayParts: readonly string[];
  readonly tomorrow: readonly string[];
  readonly yesterday: readonly string[];
  readonly dayAfterTomorrow: readonly string[];
  readonly dayBeforeYesterday: readonly string[];
  /** Before or after a unit, a weekday or a month. */
  readonly this: readonly string[];
  readonly next: readonly string[];
  readonly last: readonly string[];
  readonly day: readonly string[];
  readonly week: readonly string[];
  readonly month: readonly string[];
  readonly year: readonly string[];
  /** Units of which nobody says how many are meant: “the coming weeks”; and what may stand before them: “a few”. */
  readonly several: readonly string[];
  readonly few: readonly string[];
  /** Before the date that names a week. */
  readonly weekOf: readonly string[];
  /** Before a number of units: “in two weeks”. */
  readonly in: readonly string[];
  /** After a number of units: “two weeks ago”. */
  readonly ago: readonly string[];
  /** Joins the two ends of a range, as a dash does. */
  readonly to: readonly string[];
  /** Before the first end of a range that `and` joins. */
  readonly between: readonly string[];
  readonly and: readonly string[];
  /** Before the first end of a range, or before an open one. */
  readonly from: readonly string[];
  /** Before an open start that lies in the past. */
  readonly since: readonly string[];
  readonly after: readonly string[];
  readonly before: readonly string[];
  readonly until: readonly string[];
  /** Before a time. */
  readonly at: readonly string[];
  /** Behind a time: “15:30 hrs”, “9 o’clock”. */
  readonly hours: readonly string[];
  /** What may stand anywhere and changes nothing. */
  readonly noise: readonly string[];
  /** What may stick to the number of a day: the “th” of 6th. */
  readonly ordinals: readonly string[];
  /** Numbers in words, those that people write before units. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly am: readonly string[];
  readonly pm: readonly string[];
  readonly noon: readonly string[];
  readonly midnight: readonly string[];
  /** What is written behind a date that is not certain, and is part of it: “day to be confirmed”. */
  readonly tentative: readonly string[];
  /** Short forms of months and weekdays that `Intl` does not have: `sept` is 9, `tues` is 2. */
  readonly months: Readonly<Record<string, number>>;
  readonly weekdays: Readonly<Record<string, number>>;
}
