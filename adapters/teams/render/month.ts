import type { MonthDay, MonthElement } from '../../../src/cards/card.ts';
import { eventRows } from './event.ts';
import { line } from './escape.ts';
import type { Block, Column, ColumnSet, RichTextBlock } from './shapes.ts';
import { richText, run, title } from './text.ts';

/**
 * A month as a grid, with the marks of its events explained below. Columns and not a Table: a Table needs a client of
 * version 1.5 and does not get narrower than its widest words, while seven columns fit a phone.
 */
export function monthBlocks(month: MonthElement): readonly Block[] {
  const legend = month.legend.flatMap(({ mark, event }) =>
    eventRows({ ...event, shortWhen: `${line(mark, 8)}  ${event.shortWhen}` }),
  );
  return [
    title(month.title, 'card'),
    gridRow(month.weekdays.map((day) => column([run(line(day, 8), { size: 'Small', isSubtle: true })]))),
    ...month.weeks.map((week) => gridRow(week.slice(0, 7).map(dayColumn))),
    ...legend.map((row, at): Block => (at === 0 ? { ...row, spacing: 'Medium', separator: true } : row)),
  ];
}

function gridRow(columns: readonly Column[]): ColumnSet {
  return { type: 'ColumnSet', spacing: 'Small', columns };
}

function dayColumn({ day, isToday, marks }: MonthDay): Column {
  const number = run(day?.toString() ?? '', isToday ? { weight: 'Bolder', underline: true, highlight: true } : {});
  const below = line(marks.join(''), 12);
  const marked = richText([run(below, { color: 'Accent', weight: 'Bolder' })], CENTRED);
  return column([number], below === '' ? [] : [marked]);
}

const CENTRED = { horizontalAlignment: 'Center', spacing: 'None' } as const;

function column(inlines: RichTextBlock['inlines'], below: readonly Block[] = []): Column {
  return { type: 'Column', width: 'stretch', spacing: 'None', items: [richText(inlines, CENTRED), ...below] };
}
