import type { Language } from '../language/language.ts';
import { dateNames, timeName, weekdayNames } from './names.ts';
import type { DateProblem } from './ranges.ts';
import { dateInWords } from './phrases.ts';
import { zoneName } from './zones.ts';

/** What is wrong with a date, and what would be right, as one sentence. */
export function dateProblemInWords(problem: DateProblem, language: Language): string {
  switch (problem.code) {
    case 'form':
      return language.t('when.problem.form', { text: problem.text, form: problem.form });
    case 'no-such-date':
      return problem.lastDay === null
        ? language.t('when.problem.no-such-month', { text: problem.text })
        : language.t('when.problem.no-such-date', {
            text: bareDate(problem.text, language),
            lastDay: dateInWords(problem.lastDay, language),
          });
    case 'no-such-time':
      return language.t('when.problem.no-such-time', { text: problem.text });
    case 'year-out-of-range': {
      // Years are names, not amounts: no separator belongs into them.
      const { year, first, last } = problem;
      const values = { year: String(year), first: String(first), last: String(last) };
      return language.t('when.problem.year-out-of-range', values);
    }
    case 'end-before-start':
      return language.t('when.problem.end-before-start', {
        start: pointInWords(problem.start, language),
        end: pointInWords(problem.end, language),
      });
    case 'unknown-zone':
      return problem.choices.length === 0
        ? language.t('when.problem.unknown-zone', { zone: problem.zone })
        : language.t('when.problem.unknown-zone-choices', {
            zone: problem.zone,
            choices: new Intl.ListFormat(language.locale, { type: 'disjunction' }).format(problem.choices),
          });
    case 'not-a-monday':
      return language.t('when.problem.not-a-monday', {
        date: dateInWords(problem.date, language),
        monday: dateInWords(problem.monday, language),
      });
    case 'skipped-time':
      return language.t('when.problem.skipped-time', {
        date: dateInWords(problem.text.slice(0, 10), language),
        zone: zoneName(problem.zone, language),
        text: timeName(problem.text, language.locale),
        from: timeName(problem.from, language.locale),
        to: timeName(problem.to, language.locale),
        earlier: timeName(problem.earlier, language.locale),
        later: timeName(problem.later, language.locale),
      });
    case 'skipped-day':
      return language.t('when.problem.skipped-day', {
        zone: zoneName(problem.zone, language),
        date: dateInWords(problem.date, language),
        before: dateInWords(problem.before, language),
        after: dateInWords(problem.after, language),
      });
    case 'other-weekday': {
      const names = weekdayNames(language.locale);
      return language.t('when.problem.other-weekday', {
        date: bareDate(problem.date, language),
        written: names[problem.written - 1] ?? '',
        real: names[problem.real - 1] ?? '',
      });
    }
  }
}

/** A start or an end, at the precision it is written in. */
function pointInWords(text: string, language: Language): string {
  if (text.length < 10) return text;
  const date = dateInWords(text.slice(0, 10), language);
  return text.length === 10 ? date : language.t('when.on-day', { date, time: timeName(text, language.locale) });
}

/** A date without its weekday. The calendar may not have it, so its month is named by its first day. */
function bareDate(text: string, language: Language): string {
  const { month, year } = dateNames(`${text.slice(0, 7)}-01`, language.locale);
  return language.t('when.problem.date', { day: String(Number(text.slice(8))), month, year });
}
