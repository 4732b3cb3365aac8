import type { Language } from '../language/language.ts';

/** The latest hour that may be one of the morning or of the afternoon: nobody says which of “at 3”, but “at 10” is 10:00. */
const LATEST_EITHER = 7;

/**
 * The texts that one may stand for which holds times without their minutes or their colon: `at 3`, `10-12`, `15.30`,
 * `at 1530`. Those of one list are the readings of the same; the later list is only for what the first does not read.
 */
export function withFullTimes(text: string, language: Language): readonly (readonly string[])[] {
  const plain = withoutHours(text, language);
  // “10.12” may be a date of December; “15.30” is none.
  const dotted = plain.replace(/(?<![\d.])(\d{1,2})\.(1[3-9]|[2-5]\d|00)(?![\d.])/gu, '$1:$2');
  const texts = new Set([plain, dotted]);
  return [...texts].map((each) => {
    const full = withMinutes(each, language, 0);
    const later = withMinutes(each, language, 12);
    return full === later ? [full] : [full, later];
  });
}

/** Without “hrs” and “o’clock”, and `15 h 30` as one word: a time that is sure without them. */
function withoutHours(text: string, { dates }: Language): string {
  const [hours, at] = [oneOf(dates.hours), oneOf(dates.at)];
  return text
    .replace(new RegExp(`(\\d{1,2}[:.]\\d{2})\\s*(?:${hours})(?!\\p{L})`, 'giu'), '$1')
    .replace(new RegExp(`(?<!\\d)(\\d{2}):?(\\d{2})\\s*(?:${hours})(?!\\p{L})`, 'giu'), '$1:$2')
    .replace(new RegExp(`((?<=\\s|^)(?:${at})\\s+)(\\d{2})(\\d{2})(?![\\d:.])`, 'giu'), '$1$2:$3')
    .replace(new RegExp(`(?<![\\d:.])(\\d{1,2})\\s+h\\s*(\\d{2})(?!\\d)`, 'giu'), '$1:$2')
    .replace(new RegExp(`(?<![\\d:.])(\\d{1,2})\\s*(?:${hours})(?!\\p{L})`, 'giu'), '$1:00');
}

/** Hours behind “at” and pairs of hours get their minutes; those that may be of the afternoon, so many hours more. */
function withMinutes(text: string, { dates }: Language, more: 0 | 12): string {
  const [at, to] = [oneOf(dates.at), oneOf(dates.to)];
  const isEvening = new RegExp(`(?<=\\s|^)(?:${oneOf(dates.evening)})(?=\\s|$)`, 'iu').test(text);
  const shifted = (hour: string, minutes: string) => {
    const number = Number(hour);
    const isEither = number >= 1 && number <= LATEST_EITHER && hour.length === 1;
    const isLater = isEvening && number >= 1 && number < 12;
    return `${String(isLater ? number + 12 : isEither ? number + more : number).padStart(2, '0')}${minutes}`;
  };
  const time = '(\\d{1,2})(:\\d{2})?';
  // What goes on behind a pair says of what it is: “6-8 November” are no hours.
  const pair = new RegExp(`(?<![\\d:./-])${time}(\\s*(?:\\p{Pd}|${to})\\s*)${time}(?=\\s*(?:[,;]|$))`, 'giu');
  const single = new RegExp(`((?<=\\s|^)(?:${at})\\s+)${time}(?![\\d:./-]|\\s*[ap]\\.?m)`, 'giu');
  const paired = text.replace(pair, (...[, first, minutes, joint, last, lastMinutes]: string[]) =>
    [shifted(first ?? '', minutes ?? ':00'), joint, shifted(last ?? '', lastMinutes ?? ':00')].join(''),
  );
  return paired === text
    ? text.replace(
        single,
        (...[, lead, hour, minutes]: string[]) => `${lead ?? ''}${shifted(hour ?? '', minutes ?? ':00')}`,
      )
    : paired;
}

function oneOf(words: readonly string[]): string {
  return words.join('|');
}
