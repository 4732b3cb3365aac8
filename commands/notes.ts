import { card, heading, list, strong, text, type Inline } from '../src/cards/card.ts';
import { defineQuestion } from '../src/engine/command.ts';
import type { Note } from '../src/schedule/event.ts';
import { dateInWords } from '../src/dates/words.ts';

export const notes = defineQuestion({
  name: 'notes',
  aliases: ['updates'],
  summary: 'notes.summary',
  access: 'viewer',
  args: {},
  examples: ['notes'],
  isEveryday: true,
  run({ language, schedule }) {
    if (schedule.notes.length === 0) return card(language.t('notes.title'), text(language.t('notes.nothing')));
    const byDate = [...Map.groupBy(schedule.notes, (note) => note.date)].reverse();
    return card(
      language.t('notes.title'),
      ...byDate.flatMap(([date, ofDate]) => [heading(dateInWords(date, language)), list(ofDate.map(line))]),
    );
  },
});

function line(note: Note): readonly Inline[] {
  const points = note.points.map((point) => `\n– ${point}`).join('');
  return [...(note.topic === null ? [] : [strong(note.topic), ': ']), note.text + points];
}
