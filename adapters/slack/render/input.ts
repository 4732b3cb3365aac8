import type { FormField } from '../../../src/cards/card.ts';
import { cleanLine, cleanText } from '../../../src/clean.ts';
import { assertNever } from '../../../src/errors.ts';
import type { Language } from '../../../src/language/language.ts';
import { plainText, type InputBlock, type InputElement, type Option } from './block.ts';
import { beginning } from './escape.ts';
import { continuedBlockId, pastedBlockId } from './answers.ts';
import { LIMITS } from './limits.ts';
import type { TextPart } from './long-text.ts';

/** Every input of a form has this `action_id`, except the one that asks for events. */
const ANSWER = 'answer';
/** The `action_id` of a select whose options are asked for by `block_suggestion`: answer with events. */
export const EVENT_ACTION = 'event';

const TICKED = 'true';

/**
 * The input for a field. What is filled in already and cannot stand in the input that fits best, such as “next
 * Tuesday” in a date picker, is shown as text, so that nothing is lost.
 */
export function inputOf(
  { control, value, isRequired, label, name }: FormField,
  language: Language,
  titleOf: (handle: string) => string | null = () => null,
): InputElement {
  const given = cleanLine(value ?? '');
  switch (control.type) {
    case 'text':
      return textInput(control.multiline ? cleanText(value ?? '') : given, control.maxLength, control.multiline);
    case 'integer':
      return given === '' || isWithin(given, control)
        ? {
            type: 'number_input',
            action_id: ANSWER,
            is_decimal_allowed: false,
            min_value: control.min.toString(),
            max_value: control.max.toString(),
            ...(given === '' ? {} : { initial_value: Number(given).toString() }),
          }
        : textInput(given);
    case 'choice':
      return choiceInput(control.options, given, isRequired);
    case 'flag':
      return flagInput(plainText(label, LIMITS.optionText, name), given);
    case 'event':
      return given.length > LIMITS.optionValue
        ? textInput(given)
        : {
            type: 'external_select',
            action_id: EVENT_ACTION,
            min_query_length: 0,
            placeholder: plainText(language.t('slack.find-event'), LIMITS.placeholder),
            ...(given === '' ? {} : { initial_option: option(titleOf(given) ?? given, given) }),
          };
    case 'date':
      return given === '' || isDay(given)
        ? { type: 'datepicker', action_id: ANSWER, ...(given === '' ? {} : { initial_date: given }) }
        : textInput(given);
    case 'month':
      return textInput(given, LIMITS.inputText, false, language.t('slack.month-hint'));
    case 'filter':
      return textInput(given, LIMITS.inputText, false, language.t('slack.filter-hint'));
    case 'zone':
      return textInput(given, LIMITS.inputText, false, language.t('slack.zone-hint'));
    case 'file':
      return { type: 'file_input', action_id: ANSWER, max_files: 1 };
    default:
      return assertNever(control);
  }
}

/** A place to paste what would be in a file. */
export function pasteBlock({ name }: FormField, language: Language): InputBlock {
  return {
    type: 'input',
    block_id: pastedBlockId(name),
    label: plainText(language.t('slack.paste'), LIMITS.inputLabel),
    optional: true,
    element: textInput('', LIMITS.inputText, true),
  };
}

/** The inputs in which a text goes on that is too long for one: the first holds its beginning. */
export function continuedBlocks(
  { name, label }: FormField,
  parts: readonly TextPart[],
  language: Language,
): readonly InputBlock[] {
  return parts.map(({ before, text }, at) => ({
    type: 'input',
    block_id: continuedBlockId(name, at + 1, before),
    label: plainText(language.t('slack.continued', { label }), LIMITS.inputLabel),
    optional: true,
    element: textInput(text, LIMITS.inputText, true),
  }));
}

function textInput(
  initial: string,
  maxLength: number = LIMITS.inputText,
  multiline = false,
  placeholder: string | null = null,
): InputElement {
  const most = Math.min(maxLength, LIMITS.inputText);
  const fitting = beginning(initial, most);
  return {
    type: 'plain_text_input',
    action_id: ANSWER,
    multiline,
    max_length: most,
    ...(fitting === '' ? {} : { initial_value: fitting }),
    ...(placeholder === null ? {} : { placeholder: plainText(placeholder, LIMITS.placeholder) }),
  };
}

/** Radio buttons for a few, a select for many; text where there is nothing to choose from. */
function choiceInput(
  options: readonly { readonly value: string; readonly label: string }[],
  given: string,
  isRequired: boolean,
): InputElement {
  const possible = options
    .filter(({ value }) => value !== '' && value.length <= LIMITS.optionValue)
    .slice(0, LIMITS.options)
    .map(({ value, label }) => option(label, value));
  if (possible.length === 0) return textInput(given);
  const chosen = possible.find(({ value }) => value === given);
  // A radio button cannot be taken back, which an answer that may be left out needs.
  const type = isRequired && possible.length <= 5 ? 'radio_buttons' : 'static_select';
  return { type, action_id: ANSWER, options: possible, ...(chosen ? { initial_option: chosen } : {}) };
}

function flagInput(text: Option['text'], given: string): InputElement {
  const ticked = { text, value: TICKED };
  const isTicked = given !== '' && given !== 'false';
  return {
    type: 'checkboxes',
    action_id: ANSWER,
    options: [ticked],
    ...(isTicked ? { initial_options: [ticked] } : {}),
  };
}

function option(label: string, value: string): Option {
  return { text: plainText(label, LIMITS.optionText, value), value };
}

function isWithin(given: string, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return /^-?\d{1,9}$/u.test(given) && Number(given) >= min && Number(given) <= max;
}

/** A day that exists, as `YYYY-MM-DD`. */
function isDay(given: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(given)) return false;
  const time = Date.parse(`${given}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(given);
}
