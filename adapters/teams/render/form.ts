import type { Control, FormElement, FormField } from '../../../src/cards/card.ts';
import { cleanText } from '../../../src/clean.ts';
import { isRealDate } from '../../../src/dates/calendar-days.ts';
import type { Given } from '../../../src/engine/parse.ts';
import { assertNever } from '../../../src/errors.ts';
import type { Language } from '../../../src/language/language.ts';
import { clip, line } from './escape.ts';
import { LIMITS } from './limits.ts';
import type { Block, Choice, ChoiceInput, Input, TextInput } from './shapes.ts';
import { richText, run } from './text.ts';

/** What the form is filled from, beside the card. */
export interface FormOptions {
  /** Comes back with the answer unread: who may send the form, which request it belongs to. */
  readonly opaque: string;
  /** The events to choose from, by handle; the first {@link LIMITS.choices} go into the card. */
  readonly events: readonly { readonly value: string; readonly label: string }[];
  /**
   * The name under which the client asks the bot for more events while somebody types: an `application/search` invoke
   * with this dataset, answered with at most 15 choices. In group chats it needs the bot to be installed there. `null`:
   * the choices in the card are all there are.
   */
  readonly dataset: string | null;
}

const FIELD = 'field.';

/** The questions of a form, each with what is wrong with its answer right below it. */
export function formBlocks(form: FormElement, language: Language, options: FormOptions): readonly Block[] {
  const asked = new Set<string>();
  return form.fields.flatMap((field): readonly Block[] => {
    // A card with two inputs of one id is refused as a whole.
    if (asked.has(field.name)) return [];
    asked.add(field.name);
    return [inputFor(field, language, options), ...problemBelow(field, language)];
  });
}

/**
 * The answers of a form from the data that came back with its button: the inverse of the inputs that {@link formBlocks}
 * makes. What was left empty and what is switched off is not in it.
 */
export function readForm(data: unknown): Given {
  if (typeof data !== 'object' || data === null) return {};
  return Object.fromEntries(
    Object.entries(data).flatMap(([id, value]: [string, unknown]) => {
      if (!id.startsWith(FIELD)) return [];
      const text =
        typeof value === 'string' || typeof value === 'number' ? String(value) : value === true ? 'true' : '';
      return text === '' || text === 'false' ? [] : [[id.slice(FIELD.length), text] as const];
    }),
  );
}

/** What a form carries unseen, as data of its button: it comes back the way the answers do. */
export function carriedData(carried: Given): Readonly<Record<`field.${string}`, string>> {
  return Object.fromEntries(Object.entries(carried).map(([name, value]) => [`${FIELD}${name}` as const, value]));
}

function problemBelow(field: FormField, language: Language): readonly Block[] {
  if (field.problem === null) return [];
  const words = language.t('teams.problem', { problem: field.problem });
  return [richText([run(words, { color: 'Attention', weight: 'Bolder' })], { spacing: 'Small' })];
}

function inputFor(field: FormField, language: Language, options: FormOptions): Input {
  const { control } = field;
  const value = clip(cleanText(field.value ?? ''), LIMITS.value) || null;
  const asked = {
    id: FIELD + field.name,
    label: labelOf(field, language),
    ...(field.isRequired ? { isRequired: true as const, errorMessage: language.t('teams.required') } : {}),
  };
  const textInput = (more: Partial<TextInput> = {}): TextInput => ({
    type: 'Input.Text',
    ...asked,
    maxLength: LIMITS.value,
    ...(value === null ? {} : { value }),
    ...more,
  });
  switch (control.type) {
    case 'text':
      return textInput({
        // What was typed is kept, even where it is too long.
        maxLength: Math.min(Math.max(control.maxLength, value?.length ?? 0), LIMITS.value),
        ...(control.multiline ? { isMultiline: true } : {}),
      });
    case 'integer': {
      const number = value === null ? null : Number(value);
      const bounds = { min: control.min, max: control.max };
      // A number input cannot hold the words that somebody typed instead of a number.
      if (number !== null && !Number.isSafeInteger(number)) return textInput();
      const errorMessage = language.t('teams.integer', bounds);
      return { type: 'Input.Number', ...asked, errorMessage, ...(number === null ? {} : { value: number }), ...bounds };
    }
    case 'choice': {
      const choices = control.options.filter((option) => option.value !== '');
      // A choice set without a choice is refused.
      return choices.length === 0 ? textInput() : choiceInput(asked, choices, value, language);
    }
    case 'flag': {
      const { id, label } = asked;
      return {
        type: 'Input.Toggle',
        id,
        label,
        title: language.t('teams.yes'),
        ...(value === null || value === 'false' ? {} : { value: 'true' }),
      };
    }
    case 'event':
      if (options.events.length === 0 && options.dataset === null) return textInput();
      return {
        ...choiceInput(asked, options.events, value, language),
        style: 'filtered',
        ...(options.dataset === null ? {} : { 'choices.data': { type: 'Data.Query', dataset: options.dataset } }),
      };
    case 'date':
      // A date input cannot hold “next Tuesday”.
      if (value !== null && !isDate(value)) return textInput();
      return { type: 'Input.Date', ...asked, ...(value === null ? {} : { value }) };
    case 'month':
    case 'filter':
    case 'zone':
    case 'file':
      return textInput({ placeholder: language.t(PLACEHOLDERS[control.type]) });
    default:
      return assertNever(control);
  }
}

function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  return parts !== null && isRealDate(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

const PLACEHOLDERS = {
  file: 'teams.placeholder.file',
  filter: 'teams.placeholder.filter',
  month: 'teams.placeholder.month',
  zone: 'teams.placeholder.zone',
} as const satisfies Partial<Record<Control['type'], string>>;

function labelOf(field: FormField, language: Language): string {
  const label = line(field.label) || line(field.name) || '–';
  return field.isRequired || field.control.type === 'flag' ? label : `${label} ${language.t('form.optional')}`;
}

function choiceInput(
  asked: Pick<ChoiceInput, 'id' | 'label' | 'isRequired' | 'errorMessage'>,
  options: readonly { readonly value: string; readonly label: string }[],
  value: string | null,
  language: Language,
): ChoiceInput {
  const shown = options.slice(0, LIMITS.choices);
  const chosen = options.find((option) => option.value === value);
  // What is chosen or was typed is shown only if it is among the choices.
  const extra =
    value === null || shown.some((option) => option.value === value) ? [] : [chosen ?? { value, label: value }];
  return {
    type: 'Input.ChoiceSet',
    ...asked,
    // A long list can be searched.
    ...(options.length > 10 ? { style: 'filtered' } : {}),
    placeholder: language.t('teams.placeholder.choice'),
    ...(value === null ? {} : { value }),
    choices: [...extra, ...shown].map((option): Choice => ({
      title: line(option.label, LIMITS.choiceTitle) || line(option.value, LIMITS.choiceTitle) || '–',
      value: option.value,
    })),
  };
}
