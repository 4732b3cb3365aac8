import { z } from 'zod';
import { text, type Card, type FormElement, type FormField } from '../../../src/cards/card.ts';
import { cleanLine, cleanText } from '../../../src/clean.ts';
import { capitalised, type Language } from '../../../src/language/language.ts';
import { fieldBlockId, type Filled } from './answers.ts';
import { context, plainText, section, type Block, type InputBlock, type Option, type PlainText } from './block.ts';
import { cardParts } from './element.ts';
import { cut, escaped, plain } from './escape.ts';
import { continuedBlocks, inputOf, pasteBlock } from './input.ts';
import { LIMITS } from './limits.ts';
import { textParts, type TextPart } from './long-text.ts';
import { pack } from './part.ts';
import { beginRendering } from './rendering.ts';

/** A modal as `views.open`, `views.push` and `views.update` take it. */
export interface ModalView {
  readonly type: 'modal';
  readonly callback_id: string;
  readonly title: PlainText;
  readonly close: PlainText;
  /** Only where there is something to send. */
  readonly submit?: PlainText;
  readonly private_metadata?: string;
  readonly blocks: Block[];
}

/** The `callback_id` of a form that waits to be sent. */
export const FORM_CALLBACK = 'form';
/** The `callback_id` of a modal that only shows something. */
export const SHOW_CALLBACK = 'show';

export interface FormOptions {
  /** The language that the card is written in. */
  readonly language: Language;
  /** Comes back with the answers: where the form was asked for. As JSON below some 2,900 characters. */
  readonly context?: unknown;
  /** What an event is called, for those that are filled in already; `null` when there is none of that name. */
  readonly titleOf?: (handle: string) => string | null;
}

/** What a form brings back beside the answers: `private_metadata`. */
export interface FormMetadata extends Filled {
  readonly command: string;
  /** What the caller gave along; `null` when nothing was. */
  readonly context: unknown;
}

const metadataSchema = z.object({
  command: z.string(),
  context: z.unknown(),
  filled: z.array(z.string()),
  carried: z.record(z.string(), z.string()),
});

/**
 * A card with a form as a modal: what is known is filled in, what is wrong stands under its field. A card without a
 * form becomes a modal to read.
 *
 * @throws RangeError when the caller's context is too long for Slack's `private_metadata`
 */
export function renderForm(card: Card, options: FormOptions): ModalView {
  const { language } = options;
  const form = card.elements.find((element) => element.type === 'form');
  const fields = form?.fields.slice(0, LIMITS.viewBlocks / 4) ?? [];
  const inputs = fields.flatMap((field) => inputBlocks(field, options));
  // The summary of a command is longer than the title of a modal may be.
  const lead = form?.about ?? card.title ?? '';
  const around: Card = {
    ...card,
    // What the title of the modal says is not said again.
    title: form || plain(card.title ?? '').length <= LIMITS.viewTitle ? null : card.title,
    elements: [...(form && lead !== '' ? [text(lead)] : []), ...card.elements.filter(({ type }) => type !== 'form')],
  };
  const room = { blocks: LIMITS.viewBlocks - inputs.length, characters: Math.floor(LIMITS.viewCharacters / 4) };
  const blocks = [...pack(cardParts(around, beginRendering(language)), room, language), ...inputs];
  return {
    type: 'modal',
    callback_id: form ? FORM_CALLBACK : SHOW_CALLBACK,
    title: plainText(
      form ? capitalised(form.command, language) : titleOf(card),
      LIMITS.viewTitle,
      language.t('slack.window'),
    ),
    close: plainText(language.t(form ? 'slack.cancel' : 'slack.close'), LIMITS.viewButton),
    ...(form ? { submit: plainText(form.submit, LIMITS.viewButton), private_metadata: metadata(form, options) } : {}),
    blocks: blocks.length > 0 ? blocks : [section(escaped(language.t('slack.nothing')))],
  };
}

/** What a card is about: its title, or that of the one event that it shows. */
function titleOf({ title, elements }: Card): string {
  const [event, ...others] = elements.filter((element) => element.type === 'event');
  return title ?? (others.length === 0 ? (event?.title ?? '') : '');
}

/** A modal to open at once, before the answer is known: the right to open one ends after three seconds. */
export function loadingView(title: string, language: Language): ModalView {
  return {
    type: 'modal',
    callback_id: SHOW_CALLBACK,
    title: plainText(title, LIMITS.viewTitle),
    close: plainText(language.t('slack.close'), LIMITS.viewButton),
    blocks: [context(escaped(language.t('slack.loading')))],
  };
}

/**
 * What is wrong with the answers, as `response_action: errors` takes it: by the `block_id` of the field. Empty when
 * nothing is wrong, in which case it must not be sent.
 */
export function errorsOf(form: FormElement): Readonly<Record<string, string>> {
  return Object.fromEntries(
    form.fields.flatMap(({ name, problem }) => {
      const words = cleanLine(problem ?? '');
      return words === '' ? [] : [[fieldBlockId(name), cut(words, LIMITS.inputHint)] as const];
    }),
  );
}

/** Which command a form is for, and what else it brings back; `null` when the view is none of ours. */
export function readMetadata(privateMetadata: string): FormMetadata | null {
  try {
    return metadataSchema.parse(JSON.parse(privateMetadata));
  } catch {
    return null;
  }
}

/**
 * Events to choose from, as the answer to a `block_suggestion` request: at most 100. One without a value, or with one
 * that Slack would not take, is left out.
 */
export function suggestions(options: readonly { readonly label: string; readonly value: string }[]): {
  readonly options: Option[];
} {
  const possible = options.filter(({ value }) => value !== '' && value.length <= LIMITS.optionValue);
  return {
    options: possible
      .slice(0, LIMITS.options)
      .map(({ label, value }) => ({ text: plainText(label, LIMITS.optionText, value), value })),
  };
}

function metadata({ command, fields, carried = {} }: FormElement, { context: given = null }: FormOptions): string {
  const filled = fields.filter(({ value }) => value !== null && value !== '').map(({ name }) => name);
  const text = JSON.stringify({ command, context: given, filled, carried } satisfies FormMetadata);
  if (text.length > LIMITS.privateMetadata) {
    throw new RangeError(`what a form carries takes ${text.length.toString()} characters`);
  }
  return text;
}

function inputBlocks(field: FormField, options: FormOptions): readonly InputBlock[] {
  const { language } = options;
  const [first, ...more] = partsOf(field);
  const element = inputOf({ ...field, value: first?.text ?? null }, language, options.titleOf);
  const isFlag = field.control.type === 'flag';
  const isFile = field.control.type === 'file';
  const hint = hintOf(field, language);
  const block: InputBlock = {
    type: 'input',
    block_id: fieldBlockId(field.name),
    label: plainText(field.label, LIMITS.inputLabel, field.name),
    // A box that is not ticked is an answer; a file may be pasted instead.
    optional: !field.isRequired || isFlag || isFile,
    element,
    ...(hint === '' ? {} : { hint: plainText(hint, LIMITS.inputHint) }),
  };
  return isFile ? [block, pasteBlock(field, language)] : [block, ...continuedBlocks(field, more, language)];
}

/** What is filled in already, in parts that an input takes: only a text of several lines can go on in another one. */
function partsOf({ value, control }: FormField): readonly TextPart[] {
  if (value === null) return [];
  if (control.type !== 'text' || !control.multiline) return [{ before: '', text: value }];
  return textParts(cleanText(value), LIMITS.inputText);
}

/** What is wrong with an answer, and whether all of it is there. */
function hintOf({ problem, value, control }: FormField, language: Language): string {
  const max = control.type === 'text' ? Math.min(control.maxLength, LIMITS.inputText) : LIMITS.inputText;
  const isCut = !(control.type === 'text' && control.multiline) && (value?.length ?? 0) > max;
  const words = cleanLine(problem ?? '');
  return [...(words === '' ? [] : [`⚠️ ${words}`]), ...(isCut ? [language.t('slack.cut', { max })] : [])].join(' ');
}
