import fc from 'fast-check';
import { cleanLine, cleanText } from '../../src/clean.ts';
import type { ScheduleData } from '../../src/ports.ts';
import { EVENT_KINDS, EVENT_STATUSES, VISIBILITIES } from '../../src/schedule/event.ts';
import type { Note, ScheduledEvent, WorkingGroup } from '../../src/schedule/event.ts';
import { checkWhen, type When } from '../../src/schedule/when.ts';
import { NOW } from './store-samples.ts';

const awkward = fc.constantFrom(
  '=1+1',
  '@a',
  '-',
  '+',
  "'=",
  "''+x",
  'a | b',
  'a\\',
  '\\|',
  '"',
  ',',
  ';',
  '\t',
  '\n',
  ' ',
  'é',
  '🙂',
  '\u200f',
  '\ufeff',
);
const piece = fc.oneof(awkward, fc.string({ unit: 'grapheme', maxLength: 8 }));
const text = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => cleanText(pieces.join('')));
const line = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => cleanLine(pieces.join('')));
const some = line.filter((content) => content !== '');
const orNull = <T>(content: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(content, { nil: null });
const known = orNull(some);
const url = fc.constantFrom('https://example.org', 'http://example.org/a?b=c,d;e&f=|g#h');

const date = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((day) => day.toISOString());
/** Any time that the model allows. */
export const arbitraryWhen: fc.Arbitrary<When> = fc
  .record({
    precision: fc.constantFrom('time', 'day', 'week', 'month', 'year' as const),
    dates: fc.tuple(date, date).map((both) => both.toSorted()),
    open: fc.boolean(),
    zone: fc.constantFrom('Europe/Zurich', 'Asia/Kathmandu', 'Pacific/Apia', 'Australia/Lord_Howe', 'UTC'),
  })
  .map(({ precision, dates: [first = '', last = ''], open, zone }) => {
    const cut = (iso: string): string => {
      const day = Date.parse(iso.slice(0, 10));
      const monday = new Date(day - ((new Date(day).getUTCDay() + 6) % 7) * 86_400_000).toISOString();
      return {
        time: iso.slice(0, 16),
        day: iso.slice(0, 10),
        week: monday.slice(0, 10),
        month: iso.slice(0, 7),
        year: iso.slice(0, 4),
      }[precision];
    };
    return { precision, start: cut(first), end: open ? null : cut(last), zone };
  })
  .map(checkWhen)
  .filter((checked) => 'when' in checked)
  .map(({ when }) => when);

const nothingIsNull = <T extends object>(whole: T | null): T | null =>
  whole && Object.values(whole).every((part) => part === null) ? null : whole;

const event = fc.record({
  title: some,
  kind: fc.constantFrom(...EVENT_KINDS),
  status: fc.constantFrom(...EVENT_STATUSES),
  visibility: fc.constantFrom(...VISIBILITIES),
  sequence: fc.nat(1000),
  when: orNull(arbitraryWhen),
  venue: orNull(fc.record({ name: known, city: known, country: known })).map(nothingIsNull),
  onlineUrl: orNull(url),
  organiser: known,
  region: known,
  participation: orNull(
    fc.record({ maxPerDelegation: orNull(fc.integer({ min: 1, max: 1000 })), headLevel: known, notes: known }),
  ).map(nothingIsNull),
  description: orNull(text.filter((content) => content !== '')),
  documents: fc.array(
    fc.record({ title: some, url: orNull(url), language: fc.constantFrom(null, 'en', 'zh-Hans'), note: known }),
    {
      maxLength: 3,
    },
  ),
  outcomes: fc.array(some, { maxLength: 3 }),
  reason: fc.option(some, { nil: undefined }),
  series: fc.option(some, { nil: undefined }),
});

/** Any schedule of a group, as far as the model allows. References only point back, so that no circle comes about. */
export function arbitrarySchedule(
  group: WorkingGroup,
  size: { readonly maxEvents: number } = { maxEvents: 8 },
): fc.Arbitrary<ScheduleData> {
  return fc
    .tuple(
      fc.array(fc.tuple(event, fc.option(fc.nat(), { nil: null }), fc.array(fc.nat(), { maxLength: 2 })), {
        maxLength: size.maxEvents,
      }),
      fc.array(
        fc.record({
          date: date.map((day) => day.slice(0, 10)),
          topic: known,
          text: some,
          points: fc.array(some, { maxLength: 2 }),
        }),
        {
          maxLength: 4,
        },
      ),
    )
    .map(([contents, notes]) => ({
      group,
      events: contents.map(([content, parent, preceding], index): ScheduledEvent => {
        const back = (number: number): string => `uid-${number % index}`;
        return {
          ...content,
          uid: `uid-${index}`,
          handle: `event-${index}`,
          version: 1,
          parent: parent === null || index === 0 ? null : back(parent),
          precededBy: index === 0 ? [] : [...new Set(preceding.map(back))],
          createdAt: NOW,
          updatedAt: NOW,
        };
      }),
      notes: notes.map((note, index): Note => ({ uid: `note-${index}`, ...note })),
    }));
}
