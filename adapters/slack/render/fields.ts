import type { Field } from '../../../src/cards/card.ts';
import type { Language } from '../../../src/language/language.ts';
import { mrkdwn, section, type Mrkdwn } from './block.ts';
import { LIMITS } from './limits.ts';
import { fit, glue, inline, spread, strong, type Span } from './mrkdwn.ts';
import { counted, type Part } from './part.ts';

/** A name and its value, written as spans. */
export interface Labelled {
  readonly label: string;
  readonly value: readonly Span[];
}

/** Fields as spans; values that follow each other under one label become lines of one value. */
export function labelled(fields: readonly Field[], language: Language): readonly Labelled[] {
  const merged: { label: string; values: (readonly Span[])[] }[] = [];
  for (const { label, value } of fields) {
    const last = merged.at(-1);
    const spans = inline(value, language);
    if (last?.label === label) last.values.push(spans);
    else merged.push({ label, values: [spans] });
  }
  return merged.map(({ label, values }) => ({
    label,
    value:
      values.length === 1
        ? (values[0] ?? [])
        : values.flatMap((value, at) => [glue(at === 0 ? '• ' : '\n• '), ...value]),
  }));
}

/** A value longer than this is read across the whole width. In characters of markup. */
const COLUMN = 220;
/** So is one of more lines than this. */
const LINES = 3;

/** Names and values: short ones in two columns, long ones across. */
export function fieldParts(fields: readonly Labelled[]): readonly Part[] {
  const { short, long } = sorted(fields);
  return [...columns(short), ...long.flatMap(across)];
}

/** Sections of two columns. */
export function columns(fields: readonly Mrkdwn[]): readonly Part[] {
  const sections: Part[] = [];
  for (let at = 0; at < fields.length; at += LIMITS.fields) {
    sections.push(counted({ type: 'section', fields: fields.slice(at, at + LIMITS.fields) }));
  }
  return sections;
}

/** Which values stand in columns, written, and which go across. */
export function sorted(fields: readonly Labelled[]): {
  readonly short: readonly Mrkdwn[];
  readonly long: readonly Labelled[];
} {
  const short: Mrkdwn[] = [];
  const long: Labelled[] = [];
  for (const field of fields) {
    const length = field.value.reduce((sum, span) => sum + span.words.length, 0);
    const text = length > COLUMN ? '' : fit(field.value, LIMITS.sectionText);
    if (length > COLUMN || text.length > COLUMN || text.split('\n').length > LINES) long.push(field);
    else short.push(column(field.label, text));
  }
  return { short, long };
}

/** A name over its value. */
function column(label: string, value: string): Mrkdwn {
  return mrkdwn(`${fit([strong(label)], LIMITS.fieldText - COLUMN - 1)}\n${value}`.trim() || '—');
}

/** A name and a long value, in as many sections as it takes. */
export function across({ label, value }: Labelled): readonly Part[] {
  return spread([strong(label), glue('\n'), ...value], LIMITS.sectionText).map((text) => counted(section(text)));
}
