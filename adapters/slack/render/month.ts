import type { MonthDay, MonthElement } from '../../../src/cards/card.ts';
import { cleanLine } from '../../../src/clean.ts';
import type { Language } from '../../../src/language/language.ts';
import { section } from './block.ts';
import { characters, cut, escaped, typed } from './escape.ts';
import { eventLines, lineOf } from './event.ts';
import { LIMITS } from './limits.ts';
import { code, fit, glue, strong } from './mrkdwn.ts';
import { counted, HEADING, LINE, type Part } from './part.ts';

/** Columns of one day: seven of them and the spaces between are 34, which a phone shows without breaking the line. */
const CELL = 4;

/** A month as a grid in type of one width, and what its marks stand for. */
export function monthParts(month: MonthElement, language: Language): readonly Part[] {
  const title = fit([strong(cut(cleanLine(month.title), 100))], HEADING);
  const rows = [row(month.weekdays.map(inCell)), ...month.weeks.map((week) => row(week.map(dayCell)))];
  // Nine rows of seven cells stay far below a section's limit, unless the cells are full of what has to be escaped.
  const grid = rows.filter((line) => line !== '').join('\n');
  const shown = `${title}\n\`\`\`\n${escaped(grid)}\n\`\`\``.trim();
  const legend = month.legend.flatMap(({ mark, event }) => [
    fit([code(cut(mark, 20)), glue('  '), ...lineOf(event, language)], LINE),
    ...event.comprises.flatMap((part) => eventLines(part, language, 1)),
  ]);
  return [
    ...(grid === '' || shown.length > LIMITS.sectionText ? [] : [counted(section(shown))]),
    ...(legend.length > 0 ? [{ type: 'lines' as const, heading: null, lines: legend }] : []),
  ];
}

/** The day and its marks; a “+” for marks that the cell has no room for. */
function dayCell({ day, isToday, marks }: MonthDay): string {
  const lead = (isToday ? '*' : '') + (day?.toString() ?? '');
  const all = lead + marks.map(typed).join('');
  return width(all) <= CELL ? all : `${fitting(all, CELL - 1)}+`;
}

function inCell(words: string): string {
  return fitting(typed(words), CELL);
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell) => cell + ' '.repeat(Math.max(0, CELL - width(cell))))
    .join(' ')
    .trimEnd();
}

function fitting(words: string, room: number): string {
  let kept = '';
  for (const character of characters(words)) {
    if (width(kept + character) > room || character.length > 16) break;
    kept += character;
  }
  return kept;
}

// Characters of East Asian scripts and pictures take two columns where every letter takes one.
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

function width(words: string): number {
  return characters(words).reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);
}
