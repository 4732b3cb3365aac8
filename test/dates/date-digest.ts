// Run by words.test.ts in processes of several zones: prints what the date modules say, which must not depend on it.
import { Temporal } from 'temporal-polyfill';
import { en } from '../../src/language/en/index.ts';
import { createLanguage } from '../../src/language/language.ts';
import { readPeriod } from '../../src/dates/read-period.ts';
import { datesOf, spanOf } from '../../src/schedule/when.ts';
import type { When } from '../../src/schedule/when.ts';
import { dateInWords, instantInWords, monthInWords, whenInWords } from '../../src/dates/words.ts';
import { readWhen } from '../../src/dates/read-when.ts';

const language = createLanguage(en);
const now = Temporal.Instant.from('2017-11-01T23:30:00Z');
const zones = ['Europe/Zurich', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'America/Sao_Paulo'];
const local: readonly Omit<When, 'zone'>[] = [
  { precision: 'time', start: '2017-11-08T23:30', end: '2017-11-09T00:30' },
  { precision: 'time', start: '2017-03-26T03:00', end: null },
  { precision: 'day', start: '2017-10-15', end: '2017-10-16' },
  { precision: 'week', start: '2017-10-30', end: null },
  { precision: 'month', start: '2018-12', end: null },
];

const said = zones.flatMap((zone) =>
  local.map((value) => {
    const when = { ...value, zone };
    return zones.map((reader) => [
      spanOf(when),
      datesOf(when, reader),
      whenInWords(when, { language, zone: reader, now }),
    ]);
  }),
);
const read = zones.map((zone) => {
  const context = { language, zone, now, direction: 'future' as const };
  return [
    ...['today', 'next week', 'Friday', '31 December', '04/12'].map((text) => readPeriod(text, context)),
    readWhen('tomorrow 9am', { ...context, place: zone }),
    instantInWords(now, zone, language),
  ];
});
process.stdout.write(
  JSON.stringify({
    offset: new Date(now.epochMilliseconds).getTimezoneOffset(),
    digest: [said, read, dateInWords('2017-11-01', language), monthInWords('2017-11', language)],
  }),
);
