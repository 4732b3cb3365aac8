import type { ScheduleData } from '../ports.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import { COLUMNS, documentLine, guardFormula } from './columns.ts';
import type { Column } from './columns.ts';

/**
 * The whole schedule in the JSON format of the importer: every key is there, references are handles, events stand by
 * their start. Drafts are inside; who may have them is for the caller to decide.
 */
export function exportJson({ group, events, notes }: ScheduleData): string {
  const { slug, name, zone, language, organizerName, organizerEmail } = group;
  const content = {
    group: { slug, name, zone, language, organizerName, organizerEmail },
    events: portable(events),
    notes: notes
      .toSorted((one, other) => order(one.date, other.date))
      .map(({ uid, date, topic, text, points }) => ({ uid, date, topic, text, points })),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/**
 * The events in the CSV format of the importer: UTF-8 with a byte order mark, CRLF, RFC 4180 quoting, and no cell that
 * a spreadsheet would run as a formula. Notes and the group's settings are not in it.
 */
export async function exportCsv({ events }: Pick<ScheduleData, 'events'>): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  const rows = portable(events).map((event) => COLUMNS.map((column) => cellOf(event, column)));
  return stringify([COLUMNS.map(({ heading }) => heading), ...rows], {
    bom: true,
    record_delimiter: 'windows',
    // Spreadsheets of other countries split at these.
    quoted_match: /[\r\n\t;]|^\s|\s$/,
  });
}

/** An event as files state it: other events by their handles, nothing that only the store counts. */
type PortableEvent = Omit<ScheduledEvent, 'version' | 'createdAt' | 'updatedAt' | 'reason' | 'series'> & {
  readonly reason: string | null;
  readonly series: string | null;
};

function portable(events: readonly ScheduledEvent[]): readonly PortableEvent[] {
  const handles = new Map(events.map(({ uid, handle }) => [uid, handle]));
  const handleOf = (uid: string): string => handles.get(uid) ?? uid;
  return events
    .toSorted(
      (one, other) => order(one.when?.start ?? '~', other.when?.start ?? '~') || order(one.handle, other.handle),
    )
    .map((event) => ({
      handle: event.handle,
      title: event.title,
      kind: event.kind,
      status: event.status,
      reason: event.reason ?? null,
      visibility: event.visibility,
      when: event.when && {
        precision: event.when.precision,
        start: event.when.start,
        end: event.when.end,
        zone: event.when.zone,
      },
      venue: event.venue && { name: event.venue.name, city: event.venue.city, country: event.venue.country },
      onlineUrl: event.onlineUrl,
      organiser: event.organiser,
      region: event.region,
      participation: event.participation && {
        maxPerDelegation: event.participation.maxPerDelegation,
        headLevel: event.participation.headLevel,
        notes: event.participation.notes,
      },
      description: event.description,
      parent: event.parent === null ? null : handleOf(event.parent),
      precededBy: event.precededBy.map(handleOf),
      documents: event.documents.map(({ title, url, language, note }) => ({ title, url, language, note })),
      outcomes: event.outcomes,
      series: event.series ?? null,
      uid: event.uid,
      sequence: event.sequence,
    }));
}

function cellOf(event: PortableEvent, { path: [key, part], holds }: Column): string {
  const whole = event[key as keyof PortableEvent] as unknown;
  const value = part === undefined ? whole : (whole as Record<string, unknown> | null)?.[part];
  if (value === null || value === undefined) return '';
  switch (holds) {
    case 'text':
    case 'number':
      return typeof value === 'number' ? String(value) : guardFormula(value as string);
    case 'handles':
      return guardFormula((value as readonly string[]).join(' '));
    case 'lines':
      return guardFormula((value as readonly string[]).join('\n'));
    case 'documents':
      return guardFormula(
        (value as PortableEvent['documents'])
          .map(({ title, url, language, note }) => documentLine([title, url ?? '', language ?? '', note ?? '']))
          .join('\n'),
      );
  }
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
