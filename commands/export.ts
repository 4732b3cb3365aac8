import { card, text, type FileElement } from '../src/cards/card.ts';
import { exportCsv, exportJson } from '../src/calendar/export.ts';
import { oneOf } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';

export const exportSchedule = defineCommand({
  name: 'export',
  aliases: [],
  summary: 'export.summary',
  access: 'viewer',
  args: { format: oneOf(['json', 'csv']) },
  examples: ['export json', 'export csv'],
  async run({ language, schedule, group, at }, { format }) {
    const data = { group, events: schedule.events, notes: schedule.notes };
    const content = format === 'json' ? exportJson(data) : await exportCsv(data);
    const file: FileElement = {
      type: 'file',
      name: `${group.slug}-${at.today}.${format}`,
      mediaType: format === 'json' ? 'application/json' : 'text/csv; charset=utf-8',
      content,
    };
    const saved = language.t('export.saved', { events: schedule.events.length, format: format.toUpperCase() });
    return card(null, text(saved), file);
  },
});
