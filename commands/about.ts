import { card, type Field } from '../src/cards/card.ts';
import { defineQuestion } from '../src/engine/command.ts';
import { instantInWords } from '../src/dates/words.ts';
import { zoneName } from '../src/dates/zones.ts';

export const about = defineQuestion({
  name: 'about',
  aliases: ['info'],
  summary: 'about.summary',
  access: 'viewer',
  args: {},
  examples: ['about'],
  run({ language, schedule, reader, group }) {
    const organizer = [group.organizerName, group.organizerEmail].filter((part) => part !== null).join(', ');
    const changed =
      group.changedAt === null ? language.t('about.never') : instantInWords(group.changedAt, reader.zone, language);
    const fields: Field[] = [
      { label: language.t('about.group'), value: [`${group.name} (${group.slug})`] },
      { label: language.t('about.zone'), value: [`${zoneName(group.zone, language)} (${group.zone})`] },
      { label: language.t('about.language'), value: [language.name] },
      ...(organizer === '' ? [] : [{ label: language.t('about.organizer'), value: [organizer] }]),
      {
        label: language.t('about.schedule'),
        value: [
          language.t('about.counts', { events: schedule.events.length, notes: schedule.notes.length }),
          ` (${language.t('about.revision', { revision: group.revision })})`,
        ],
      },
      { label: language.t('about.changed'), value: [changed] },
    ];
    return card(group.name, { type: 'fields', fields });
  },
});
