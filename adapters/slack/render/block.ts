import { cut, plain } from './escape.ts';
import { LIMITS } from './limits.ts';

/** Text in Slack's markup. `verbatim`: Slack turns no address, channel name or mention into a link by itself. */
export interface Mrkdwn {
  readonly type: 'mrkdwn';
  readonly text: string;
  readonly verbatim: true;
}

/** Text without markup. `emoji: false`: `:name:` stays what it is. */
export interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: false;
}

export interface Button {
  readonly type: 'button';
  readonly action_id: string;
  readonly text: PlainText;
  readonly value: string;
  readonly style?: 'primary' | 'danger';
  readonly accessibility_label?: string;
}

/** An entry of a select, radio buttons or checkboxes. */
export interface Option {
  readonly text: PlainText;
  readonly value: string;
}

/** Several ways on behind one button. */
export interface Menu {
  readonly type: 'static_select';
  readonly action_id: string;
  readonly placeholder: PlainText;
  readonly options: Option[];
}

/** How a form asks: one of Slack's input elements. */
export type InputElement =
  | {
      readonly type: 'plain_text_input';
      readonly action_id: string;
      readonly multiline: boolean;
      readonly max_length?: number;
      readonly initial_value?: string;
      readonly placeholder?: PlainText;
    }
  | {
      readonly type: 'number_input';
      readonly action_id: string;
      readonly is_decimal_allowed: false;
      readonly min_value: string;
      readonly max_value: string;
      readonly initial_value?: string;
    }
  | {
      readonly type: 'static_select' | 'radio_buttons';
      readonly action_id: string;
      readonly options: Option[];
      readonly initial_option?: Option;
      readonly placeholder?: PlainText;
    }
  | {
      readonly type: 'checkboxes';
      readonly action_id: string;
      readonly options: Option[];
      readonly initial_options?: Option[];
    }
  | {
      readonly type: 'external_select';
      readonly action_id: string;
      readonly min_query_length: 0;
      readonly initial_option?: Option;
      readonly placeholder: PlainText;
    }
  | { readonly type: 'datepicker'; readonly action_id: string; readonly initial_date?: string }
  | { readonly type: 'file_input'; readonly action_id: string; readonly max_files: 1 };

export interface SectionBlock {
  readonly type: 'section';
  readonly text?: Mrkdwn;
  readonly fields?: Mrkdwn[];
  readonly accessory?: Button;
}

export interface InputBlock {
  readonly type: 'input';
  readonly block_id: string;
  readonly label: PlainText;
  readonly optional: boolean;
  readonly element: InputElement;
  readonly hint?: PlainText;
}

/**
 * The blocks that are used here, in the shape that Slack's Block Kit reference gives them. Their arrays are mutable
 * because those of Slack's own types are, so that one goes where the other is asked for.
 */
export type Block =
  | SectionBlock
  | InputBlock
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'context'; readonly elements: Mrkdwn[] }
  | { readonly type: 'actions'; readonly elements: (Button | Menu)[] }
  | { readonly type: 'divider' };

/** @param text in Slack's markup, escaped and within the limit of the place it goes to */
export function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}

/**
 * Words as they are, cut to a limit.
 *
 * @param instead what is said when nothing is left to show; Slack refuses empty texts
 */
export function plainText(words: string, limit: number, instead = '—'): PlainText {
  return { type: 'plain_text', text: cut(plain(words) || plain(instead) || '—', limit), emoji: false };
}

/** @param text in Slack's markup, escaped, at most 3000 characters */
export function section(text: string): SectionBlock {
  return { type: 'section', text: mrkdwn(text) };
}

/** Small grey text. @param text in Slack's markup, escaped, at most 3000 characters */
export function context(text: string): Block {
  return { type: 'context', elements: [mrkdwn(text)] };
}

export function header(words: string): Block {
  return { type: 'header', text: plainText(words, LIMITS.headerText) };
}

/** How much of a message's or view's room a block takes, in characters of JSON with the separator. */
export function sizeOf(block: Block): number {
  return JSON.stringify(block).length + 1;
}
