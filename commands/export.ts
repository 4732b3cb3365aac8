import { card, muted, text, type FileElement } from '../src/cards/card.ts';
import { exportCsv, exportJson } from '../src/calendar/export.ts';
import { CALENDAR_TYPE } from '../src/calendar/event-file.ts';
import { oneOf } from '../src/engine/argument.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';

const FORMATS = ['json', 'csv', 'ics'] as const;
type Format = (typeof FORMATS)[number];

const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  ics: CALENDAR_TYPE,
};

export const exportSchedule = defineCommand({
  name: 'export',
  aliases: [],
  summary: 'export.summary',
  access: 'viewer',
  args: { format: oneOf(FORMATS) },
  examples: ['export json', 'export csv', 'export ics'],
  async run(context, { format }) {
    const { language, schedule, group, at } = context;
    const { content, leftOut } = await contentIn(format, context);
    const file: FileElement = {
      type: 'file',
      name: `${group.slug}-${at.today}.${format}`,
      mediaType: MEDIA_TYPES[format],
      content,
      line: `export ${format} group:${group.slug}`,
    };
    const events = schedule.events.length - leftOut;
    const saved = language.t('export.saved', { events, format: format === 'ics' ? '.ics' : format.toUpperCase() });
    const note = leftOut === 0 ? [] : [muted(language.t('export.left-out', { count: leftOut }))];
    return card(null, text(saved), ...note, file);
  },
});

/** The file, and how many events it could not hold. */
async function contentIn(
  format: Format,
  { group, schedule, language }: Context,
): Promise<{ readonly content: string; readonly leftOut: number }> {
  const data = { group, events: schedule.events, notes: schedule.notes };
  switch (format) {
    case 'json':
      return { content: exportJson(data), leftOut: 0 };
    case 'csv':
      return { content: await exportCsv(data), leftOut: 0 };
    case 'ics': {
      const { renderCalendar } = await import('../src/calendar/ics.ts');
      const stamp = 'last-change';
      const written = await renderCalendar(schedule.events, {
        method: 'PUBLISH',
        schedule,
        language,
        stamp,
        name: group.name,
      });
      return { content: written.text, leftOut: written.leftOut.length };
    }
  }
}
