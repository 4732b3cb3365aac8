import { addDays, addMonths, mondayOf, weekdayOf } from '../src/dates/calendar-days.ts';
import type { ScheduleData } from '../src/ports.ts';
import type { EventKind, EventStatus, ScheduledEvent } from '../src/schedule/event.ts';
import type { When } from '../src/schedule/when.ts';
import { workingGroup } from '../test/support/store-samples.ts';

/** The moment of every question: the one at which the sample schedule is asked. */
export const PRESENT = '2017-11-01T09:00:00+01:00';

/** The schedule reaches five years back and five years ahead. */
const FIRST_DAY = '2012-11-01';
const DAYS = 3652;
/** Only the first events of a schedule are near {@link PRESENT}, so that answers are as long at every size. */
const CORE = 100;
const QUIET = { from: '2017-09-01', to: '2018-02-28' } as const;

const CREATED_AT = '2012-10-01T08:00:00Z';

const PLACES = [
  ['Geneva', 'Switzerland', 'Europe/Zurich', 'Europe'],
  ['New York', 'United States of America', 'America/New_York', 'North America'],
  ['Bangkok', 'Thailand', 'Asia/Bangkok', 'Asia and the Pacific'],
  ['Addis Ababa', 'Ethiopia', 'Africa/Addis_Ababa', 'Africa'],
  ['Nairobi', 'Kenya', 'Africa/Nairobi', 'Eastern Africa'],
  ['Santiago', 'Chile', 'America/Santiago', 'Latin America and the Caribbean'],
  ['Beirut', 'Lebanon', 'Asia/Beirut', 'Western Asia'],
  ['Puerto Vallarta', 'Mexico', 'America/Mexico_City', 'Latin America and the Caribbean'],
  ['Rabat', 'Morocco', 'Africa/Casablanca', 'Northern Africa'],
  ['Kathmandu', 'Nepal', 'Asia/Kathmandu', 'South Asia'],
  ['Suva', 'Fiji', 'Pacific/Fiji', 'Pacific'],
  ['Apia', 'Samoa', 'Pacific/Apia', 'Pacific'],
] as const;

const ORGANISERS = ['IOM', 'UNECE', 'UNESCAP', 'ECLAC', 'ESCWA', 'ECA', 'UNHCR', 'ILO', 'OHCHR', null] as const;

const KINDS: readonly (readonly [kind: EventKind, name: string])[] = [
  ['thematic', 'Thematic session'],
  ['hearing', 'Multistakeholder hearing'],
  ['regional', 'Regional consultation'],
  ['subregional', 'Sub-regional consultation'],
  ['civil-society', 'Civil society consultation'],
  ['workshop', 'Workshop'],
  ['briefing', 'Briefing'],
  ['negotiation', 'Negotiation round'],
  ['stocktaking', 'Stocktaking meeting'],
  ['conference', 'Conference'],
  ['meeting', 'Meeting'],
];

const TOPICS = [
  'labour mobility',
  'human rights of migrants',
  'irregular migration and regular pathways',
  'recognition of skills and qualifications',
  'international cooperation and governance',
  'smuggling of migrants and trafficking in persons',
  'drivers of migration',
  'remittances and portability of earned benefits',
  'return, readmission and reintegration',
  'data collection',
  'integration in cities',
  'border management',
] as const;

const SENTENCES = [
  'Delegations are invited to share national experience and good practice.',
  'The chair will introduce the revised text, paragraph by paragraph.',
  'Interpretation is provided in the six official languages.',
  'Side events are discouraged.',
  'Written contributions may be sent to the secretariat until a week before.',
  'A summary is circulated to the permanent missions.',
] as const;

/**
 * A made-up schedule over ten years around {@link PRESENT}: every kind, status and precision, parts of a whole, what
 * preceded what, documents, outcomes. The same for the same count, and the smaller one is the beginning of the larger.
 */
export function syntheticEvents(count: number): readonly ScheduledEvent[] {
  const draw = drawing(1);
  const events: ScheduledEvent[] = [];
  for (let at = 0; at < count; at += 1) events.push(syntheticEvent(at, draw, events));
  return events;
}

/** The same as the store would give it. */
export function syntheticData(count: number): ScheduleData {
  return { group: workingGroup({ revision: 1, changedAt: PRESENT }), events: syntheticEvents(count), notes: [] };
}

/** A handle as somebody in a hurry types it: without its third letter. */
export function slipIn(handle: string): string {
  return handle.slice(0, 2) + handle.slice(3);
}

/** Draws from a fixed sequence, so that every run measures the same schedule. */
interface Drawing {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** Whether something that happens in so many of a hundred cases does. */
  percent(share: number): boolean;
  from<Value>(values: readonly [Value, ...Value[]]): Value;
  from<Value>(values: readonly Value[]): Value | undefined;
}

/** Mulberry32, a generator of 32 bits. */
function drawing(seed: number): Drawing {
  let state = seed;
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(fraction() * limit);
  return {
    below,
    percent: (share) => below(100) < share,
    from: <Value>(values: readonly Value[]) => values[below(values.length)] as Value,
  };
}

function syntheticEvent(at: number, draw: Drawing, before: readonly ScheduledEvent[]): ScheduledEvent {
  const [kind, name] = KINDS[draw.below(KINDS.length)] ?? ['meeting', 'Meeting'];
  const place = PLACES[draw.below(PLACES.length)] ?? PLACES[0];
  const [city, country, zone, region] = place;
  const topic = draw.from(TOPICS) ?? '';
  const when = draw.percent(2) ? null : drawWhen(zone, at < CORE, draw);
  const year = when?.start.slice(0, 4) ?? 'undated';
  // Few events are part of another, and none of one that is itself a part.
  const whole = draw.percent(5) ? before[draw.below(before.length)] : undefined;
  const parent =
    whole?.parent === null && whole.kind !== kind && at >= CORE === isOutsideCore(whole) ? whole.uid : null;
  const preceding = draw.percent(5) ? before[draw.below(before.length)] : undefined;
  return {
    uid: uidOf(at),
    sequence: draw.below(4),
    version: 1,
    handle: `${kind}-${city.toLowerCase().replaceAll(' ', '-')}-${year}-${at.toString()}`,
    title: `${name} on ${topic}, ${city} ${year}`,
    kind,
    status: drawStatus(draw),
    visibility: draw.percent(2) ? 'draft' : 'published',
    when,
    venue: draw.percent(5) ? null : { name: draw.percent(30) ? 'Palais des congrès' : null, city, country },
    onlineUrl: draw.percent(20) ? `https://meet.example.org/${at.toString()}` : null,
    organiser: draw.from(ORGANISERS) ?? null,
    region: draw.percent(60) ? region : null,
    participation: draw.percent(10) ? { maxPerDelegation: 4, headLevel: 'Ambassadorial', notes: null } : null,
    description: draw.percent(50) ? `${draw.from(SENTENCES) ?? ''} ${draw.from(SENTENCES) ?? ''}` : null,
    parent,
    precededBy: preceding && at >= CORE === isOutsideCore(preceding) ? [preceding.uid] : [],
    documents: Array.from({ length: draw.percent(30) ? 1 + draw.below(3) : 0 }, (_, number) => ({
      title: `${number === 0 ? 'Concept note' : `Background paper ${number.toString()}`} on ${topic}`,
      url: draw.percent(70) ? `https://documents.example.org/${at.toString()}/${number.toString()}.pdf` : null,
      language: draw.percent(50) ? 'en' : null,
      note: null,
    })),
    outcomes: draw.percent(15) ? [`Delegations agreed on elements of ${topic}.`] : [],
    createdAt: CREATED_AT,
    updatedAt: CREATED_AT,
  };
}

function uidOf(at: number): string {
  return `00000000-0000-4000-8000-${at.toString().padStart(12, '0')}`;
}

function isOutsideCore(event: ScheduledEvent): boolean {
  return event.uid >= uidOf(CORE);
}

function drawStatus(draw: Drawing): EventStatus {
  if (draw.percent(75)) return 'confirmed';
  return draw.from(['tentative', 'tentative', 'postponed', 'cancelled']);
}

function drawWhen(zone: string, isInCore: boolean, draw: Drawing): When {
  for (;;) {
    const day = addDays(FIRST_DAY, draw.below(DAYS));
    if (!isInCore && day >= QUIET.from && day <= QUIET.to) continue;
    const when = drawPrecision(day, zone, draw);
    // A whole year reaches the present from far away.
    if (when && (isInCore || when.precision !== 'year' || !/^201[78]$/u.test(when.start))) return when;
  }
}

/** `null`: not on that day. */
function drawPrecision(day: string, zone: string, draw: Drawing): When | null {
  const share = draw.below(100);
  if (share < 45) {
    // Consultations are held on working days, and no zone changes its clocks on one at these hours.
    if (weekdayOf(day) > 5) return null;
    const hour = 9 + draw.below(6);
    const time = (at: number) => `${day}T${at.toString().padStart(2, '0')}:00`;
    return { precision: 'time', start: time(hour), end: draw.percent(80) ? time(hour + 3) : null, zone };
  }
  if (share < 90) {
    const end = draw.percent(60) ? addDays(day, 1 + draw.below(3)) : null;
    return { precision: 'day', start: day, end, zone };
  }
  if (share < 94) return { precision: 'week', start: mondayOf(day), end: null, zone };
  if (share < 98) {
    const start = day.slice(0, 7);
    return { precision: 'month', start, end: draw.percent(20) ? addMonths(start, 1) : null, zone };
  }
  return { precision: 'year', start: day.slice(0, 4), end: null, zone };
}
