import { joinedParts, type TextPart } from './long-text.ts';

const FIELD = 'field:';
const PASTED = 'pasted:';
const CONTINUED = 'more:';

/** Where a field's answer is found, and where `response_action: errors` says what is wrong with it. */
export function fieldBlockId(name: string): string {
  return FIELD + name;
}

/** Where the text is found that was pasted in place of a file. */
export function pastedBlockId(name: string): string {
  return PASTED + name;
}

/** Where a text goes on that is too long for one input; `before` is what stands between it and the part before it. */
export function continuedBlockId(name: string, at: number, before: string): string {
  return `${CONTINUED}${name}:${at.toString()}:${encodeURIComponent(before)}`;
}

/** An answer in the shape of its input: docs.slack.dev/reference/interaction-payloads/view-interactions-payload. */
export interface ViewAnswer {
  readonly type?: string;
  readonly value?: string | null;
  readonly selected_date?: string | null;
  readonly selected_option?: { readonly value: string } | null;
  readonly selected_options?: readonly { readonly value: string }[] | null;
  readonly files?: readonly { readonly id: string }[] | null;
}

/** The answers in a submitted view, `view.state.values`: by `block_id`, then by `action_id`. */
export type ViewState = Readonly<Record<string, Readonly<Record<string, ViewAnswer>>>>;

/** What a form knew before anybody answered. */
export interface Filled {
  /** Names of the fields that were filled in when the form was shown. */
  readonly filled: readonly string[];
  /** What comes back as it is, without being shown. */
  readonly carried: Readonly<Record<string, string>>;
}

/**
 * The answers of a form by the name of the field, as a command takes them: `true` for a box that is ticked, Slack's id
 * for a file. A field that was left empty is not there; one that was emptied is `''`, and a box whose tick was taken
 * away `false`, because for a command that changes something this says more than nothing.
 */
export function readForm(
  values: ViewState,
  { filled, carried }: Filled = { filled: [], carried: {} },
): Readonly<Record<string, string>> {
  const continuations = continuationsIn(values);
  const answers = answersIn(values, FIELD).flatMap(([name, answer]) => {
    const text = joinedParts([{ before: '', text: textOf(answer) }, ...(continuations.get(name) ?? [])]);
    if (text !== '') return [[name, text] as const];
    if (!filled.includes(name) || answer.type === 'file_input') return [];
    return [[name, answer.type === 'checkboxes' ? 'false' : ''] as const];
  });
  return { ...carried, ...Object.fromEntries(answers) };
}

/** What was pasted in place of a file, by the name of the field. */
export function readPasted(values: ViewState): Readonly<Record<string, string>> {
  return Object.fromEntries(
    answersIn(values, PASTED)
      .map(([name, answer]) => [name, textOf(answer)] as const)
      .filter(([, text]) => text !== ''),
  );
}

/** How texts go on that were too long for one input, by the name of the field. */
function continuationsIn(values: ViewState): ReadonlyMap<string, readonly TextPart[]> {
  const parts = answersIn(values, CONTINUED).flatMap(([id, answer]) => {
    const { name, at, before } = /^(?<name>[^:]+):(?<at>\d+):(?<before>(?:%0A|%20)*)$/u.exec(id)?.groups ?? {};
    if (name === undefined || before === undefined) return [];
    return [{ name, at: Number(at), before: decodeURIComponent(before), text: textOf(answer) }];
  });
  return Map.groupBy(
    parts.sort((a, b) => a.at - b.at),
    ({ name }) => name,
  );
}

function answersIn(values: ViewState, prefix: string): readonly (readonly [string, ViewAnswer])[] {
  return Object.entries(values).flatMap(([block, byAction]) => {
    const answer = Object.values(byAction)[0];
    return block.startsWith(prefix) && answer !== undefined ? [[block.slice(prefix.length), answer] as const] : [];
  });
}

function textOf({ value, selected_date, selected_option, selected_options, files }: ViewAnswer): string {
  const text = value ?? selected_date ?? selected_option?.value ?? selected_options?.[0]?.value ?? files?.[0]?.id ?? '';
  return text.trim() === '' ? '' : text;
}
