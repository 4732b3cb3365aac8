import type { Card, Element, EventElement, FormElement, ListElement, TextElement } from '../../../src/cards/card.ts';
import { cleanLine } from '../../../src/clean.ts';
import { assertNever } from '../../../src/errors.ts';
import { context, header, section } from './block.ts';
import { actionsParts, formButton, lineButtons } from './buttons.ts';
import { cut } from './escape.ts';
import { eventLines, fullEvent } from './event.ts';
import { fieldParts, labelled } from './fields.ts';
import { LIMITS } from './limits.ts';
import { fit, glue, inline, spread, strong, words } from './mrkdwn.ts';
import { monthParts } from './month.ts';
import { counted, HEADING, LINE, uncounted, type Part } from './part.ts';
import type { Rendering } from './rendering.ts';

// The sign only helps the eye: the words always stand beside it.
const SIGNS: Readonly<Record<Card['tone'], string>> = { normal: '', success: '✅ ', problem: '⚠️ ', failure: '⚠️ ' };

/** A card as parts, in order. */
export function cardParts(card: Card, rendering: Rendering): readonly Part[] {
  const title = cleanLine(card.title ?? '');
  const sign = SIGNS[card.tone];
  const parts: Part[] = title === '' ? [] : [uncounted(header(sign + title))];
  const elements = title === '' && sign !== '' ? withSign(card.elements, sign) : card.elements;
  const menu = lineButtons(elements.flatMap(linesIn), rendering);
  // Before the buttons that the card itself ends with: they turn its page, or lead away from it.
  const menuAt = elements.at(-1)?.type === 'actions' ? elements.length - 1 : elements.length;
  let at = 0;
  while (at < elements.length) {
    if (at === menuAt) parts.push(...menu);
    const group = groupAt(elements, at);
    parts.push(...groupParts(group, elements[at - 1], title !== '', rendering));
    at += group.length;
  }
  return menuAt === elements.length ? [...parts, ...menu] : parts;
}

/** The lines that lead to an event, those of parts after their whole. */
function linesIn(element: Element): readonly EventElement[] {
  if (element.type === 'month') return element.legend.map(({ event }) => event);
  if (element.type !== 'event') return [];
  return [...(element.detail === 'line' ? [element] : []), ...element.comprises.flatMap(linesIn)];
}

/** Puts a sign in front of the first words of a card that has no title to carry it. */
function withSign(elements: readonly Element[], sign: string): readonly Element[] {
  const [first, ...others] = elements;
  return first?.type === 'text' ? [{ ...first, content: [sign, ...first.content] }, ...others] : elements;
}

const isLine = (element: Element | undefined): element is EventElement =>
  element?.type === 'event' && element.detail === 'line';

/** A heading with what stands under it, or lines that follow each other, or one element. */
function groupAt(elements: readonly Element[], from: number): readonly Element[] {
  let to = from + 1;
  const first = elements[from];
  if (first?.type === 'heading') {
    const next = elements[to];
    if (next?.type === 'list') return elements.slice(from, to + 1);
    if (!isLine(next)) return [first];
  } else if (!isLine(first)) return elements.slice(from, to);
  while (isLine(elements[to])) to += 1;
  return elements.slice(from, to);
}

function groupParts(
  group: readonly Element[],
  before: Element | undefined,
  hasTitle: boolean,
  rendering: Rendering,
): readonly Part[] {
  const [first, ...others] = group;
  if (first === undefined) return [];
  if (first.type !== 'heading') {
    if (isLine(first)) return linesUnder(null, group, rendering);
    return elementParts(first, before, rendering);
  }
  const title = cleanLine(first.text);
  // Without a title the headings are the uppermost level, and look like it.
  if (title !== '' && !hasTitle) return [uncounted(header(title)), ...linesUnder(null, others, rendering)];
  const heading = fit([strong(cut(title, 200))], HEADING);
  if (others.length > 0) return linesUnder(heading === '' ? null : heading, others, rendering);
  return heading === '' ? [] : [uncounted(section(heading))];
}

function linesUnder(heading: string | null, elements: readonly Element[], { language }: Rendering): readonly Part[] {
  const lines = elements.flatMap((element) => {
    if (element.type === 'event') return eventLines(element, language);
    return element.type === 'list' ? listLines(element, language) : [];
  });
  return lines.length > 0 || heading !== null ? [{ type: 'lines', heading, lines }] : [];
}

/** One element on its own. */
function elementParts(element: Element, before: Element | undefined, rendering: Rendering): readonly Part[] {
  const { language } = rendering;
  switch (element.type) {
    case 'text':
      return textParts(element, rendering);
    case 'heading':
      return [uncounted(header(element.text))];
    case 'fields':
      return fieldParts(labelled(element.fields, language));
    case 'event': {
      const isNextFull = before?.type === 'event' && before.detail === 'full';
      return [...(isNextFull ? [uncounted({ type: 'divider' })] : []), ...fullEvent(element, rendering)];
    }
    case 'list':
      return linesUnder(null, [element], rendering);
    case 'month':
      return monthParts(element, language);
    case 'actions':
      return actionsParts(element, rendering);
    case 'file':
      return fileParts(element.name);
    case 'form':
      return formParts(element, rendering);
    default:
      return assertNever(element);
  }
}

function textParts({ emphasis, content }: TextElement, { language }: Rendering): readonly Part[] {
  const spans = inline(content, language);
  return emphasis === 'muted'
    ? spread(spans, LIMITS.contextText).map((text) => counted(context(text)))
    : spread(spans, LIMITS.sectionText).map((text) => counted(section(text)));
}

function listLines({ items }: ListElement, language: Rendering['language']): readonly string[] {
  return items.flatMap((item) => {
    const spans = inline(item, language);
    return fit(spans, LINE) === '' ? [] : [fit([glue('• '), ...spans], LINE)];
  });
}

/** The file itself is sent beside the message; here it is only named. */
function fileParts(name: string): readonly Part[] {
  const named = fit([words(cut(name, LIMITS.contextText))], LIMITS.contextText);
  return named === '' ? [] : [counted(context(`📎 ${named}`))];
}

/** A form where none can be shown: its questions, what is wrong with the answers, and a button that opens it. */
function formParts(form: FormElement, rendering: Rendering): readonly Part[] {
  const lines = form.fields.map(({ label, value, problem }) =>
    fit(
      [
        glue('• '),
        strong(cut(label, 300)),
        words(value === null ? '' : `: ${cut(value, 300)}`),
        words(problem === null ? '' : ` ⚠️ ${cut(problem, 600)}`),
      ],
      LINE,
    ),
  );
  return [...(lines.length > 0 ? [{ type: 'lines' as const, heading: null, lines }] : []), formButton(form, rendering)];
}
