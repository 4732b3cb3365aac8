import type { Language } from '../language/language.ts';
import type { EventStatus } from '../schedule/event.ts';

/**
 * What a command answers: data, in the reader's language, that each platform shows in its own way. Every text in it is
 * plain text, whatever it contains; renderers escape it.
 */
export interface Card {
  /** `problem`: the person has to do something else; `failure`: the bot is at fault. */
  readonly tone: 'normal' | 'success' | 'problem' | 'failure';
  readonly title: string | null;
  readonly elements: readonly Element[];
}

/** A piece of a line. */
export type Inline = string | DateInline | LinkInline | CodeInline | StrongInline;

/** A point in time in words. A platform that shows moments in each reader's own zone may do so beside the words. */
export interface DateInline {
  readonly type: 'date';
  /** The words, with the zone named where it matters. */
  readonly text: string;
  /** ISO 8601 in UTC; `null` when the date is no exact moment and must never be shifted. */
  readonly instant: string | null;
}

/** An address to follow: http, https, webcal or mailto. */
export interface LinkInline {
  readonly type: 'link';
  readonly text: string;
  readonly url: string;
}

/** Something to type, letter by letter. */
export interface CodeInline {
  readonly type: 'code';
  readonly text: string;
}

export interface StrongInline {
  readonly type: 'strong';
  readonly text: string;
}

export type Element =
  | TextElement
  | HeadingElement
  | FieldsElement
  | EventElement
  | ListElement
  | MonthElement
  | ActionsElement
  | FileElement
  | FormElement;

/** One paragraph. */
export interface TextElement {
  readonly type: 'text';
  /** `muted`: good to know, not what was asked for. */
  readonly emphasis: 'normal' | 'muted';
  readonly content: readonly Inline[];
}

/** Begins a part of the card. */
export interface HeadingElement {
  readonly type: 'heading';
  readonly text: string;
}

export interface Field {
  readonly label: string;
  readonly value: readonly Inline[];
}

/** Names and values, as in a form that is filled in. */
export interface FieldsElement {
  readonly type: 'fields';
  readonly fields: readonly Field[];
}

/** An event: whole (`full`), or as one line of a list (`line`). */
export interface EventElement {
  readonly type: 'event';
  readonly detail: 'full' | 'line';
  readonly handle: string;
  readonly title: string;
  /** Said unless the event is simply confirmed. */
  readonly status: { readonly code: EventStatus | 'draft'; readonly text: string } | null;
  readonly when: DateInline;
  /** The same for a line of a list: “6–8 Nov”, “8 Nov, 15:00–16:30 New York time”. */
  readonly shortWhen: string;
  /** “in 5 days”; `null` when there is no date to measure from. */
  readonly relative: string | null;
  /** The reader's own time in words, where it differs from the venue's. */
  readonly local: string | null;
  /** City and country, or `null` while unknown. */
  readonly place: string | null;
  /** Everything else that is known, labelled. Empty in a line. */
  readonly facts: readonly Field[];
  /** The events that this one comprises. */
  readonly comprises: readonly EventElement[];
  /** What can be done about it. A line has the one that leads to its details. */
  readonly actions: readonly Action[];
}

/** The status of an event that is not held on the date that is shown with it; `null`: it may be held. */
export function offStatus({ status }: EventElement): NonNullable<EventElement['status']> | null {
  return status?.code === 'cancelled' || status?.code === 'postponed' ? status : null;
}

/** Lines that belong together; `more` counts those that did not fit. */
export interface ListElement {
  readonly type: 'list';
  readonly items: readonly (readonly Inline[])[];
}

/** A month as a grid of weeks, Monday first. */
export interface MonthElement {
  readonly type: 'month';
  /** “November 2017”. */
  readonly title: string;
  /** Short names of the seven days, Monday first. */
  readonly weekdays: readonly string[];
  readonly weeks: readonly (readonly MonthDay[])[];
  /** What the marks in the grid stand for. */
  readonly legend: readonly { readonly mark: string; readonly event: EventElement }[];
}

export interface MonthDay {
  /** Day of the month; `null`: the cell belongs to another month. */
  readonly day: number | null;
  readonly isToday: boolean;
  /** Marks of the events on that day, in the order of the legend. */
  readonly marks: readonly string[];
}

/** Something to do next. Pressing it is the same as typing `run`. */
export interface Action {
  readonly label: string;
  /** A command line that the bot understands: `show stocktaking`. */
  readonly run: string;
  readonly style: 'normal' | 'primary' | 'danger';
  /** One line that explains it, or says what it is about. With one, the action has a line of its own. */
  readonly note?: string;
}

/**
 * Things to do next. `choice`: the bot asks and waits for one of them (which event, which date, really?); `offer`:
 * ways to go on.
 */
export interface ActionsElement {
  readonly type: 'actions';
  readonly purpose: 'choice' | 'offer';
  readonly actions: readonly Action[];
}

/** A file to take away. */
export interface FileElement {
  readonly type: 'file';
  readonly name: string;
  readonly mediaType: string;
  /** Text; with `encoding`, what {@link bytesOf} decodes. */
  readonly content: string;
  /** Set where the file is no text. */
  readonly encoding?: 'base64';
  /** Where the same file can be fetched, for platforms on which a bot cannot hand it over. */
  readonly url?: string;
  /** The line that makes it again and changes nothing, for the same platforms. */
  readonly line?: string;
  /** What a picture shows, for whoever does not see it. */
  readonly alt?: string;
  /** The same as lines of characters, for a terminal, which then shows it instead of keeping it. */
  readonly drawing?: string;
}

/** How a value is asked for. */
export type Control =
  | { readonly type: 'text'; readonly multiline: boolean; readonly maxLength: number }
  | { readonly type: 'integer'; readonly min: number; readonly max: number }
  | { readonly type: 'choice'; readonly options: readonly { readonly value: string; readonly label: string }[] }
  | { readonly type: 'flag' }
  | { readonly type: 'event' }
  | { readonly type: 'date' }
  | { readonly type: 'month' }
  | { readonly type: 'filter' }
  | { readonly type: 'zone' }
  | { readonly type: 'file' };

/** A question of a form. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly control: Control;
  readonly isRequired: boolean;
  /** What was typed already. */
  readonly value: string | null;
  /** What is wrong with it, in words. */
  readonly problem: string | null;
}

/** A command's arguments as a form, with what is already known filled in. */
export interface FormElement {
  readonly type: 'form';
  readonly command: string;
  /** What the command is for, where its name is said already. */
  readonly about?: string;
  readonly submit: string;
  readonly fields: readonly FormField[];
  /** What comes back with the fields as it is, without being shown. */
  readonly carried?: Readonly<Record<string, string>>;
}

export function text(...content: readonly Inline[]): TextElement {
  return { type: 'text', emphasis: 'normal', content };
}

export function muted(...content: readonly Inline[]): TextElement {
  return { type: 'text', emphasis: 'muted', content };
}

export function heading(title: string): HeadingElement {
  return { type: 'heading', text: title };
}

export function list(items: readonly (readonly Inline[])[]): ListElement {
  return { type: 'list', items };
}

export function code(typed: string): CodeInline {
  return { type: 'code', text: typed };
}

/** A line to the bot, as it is typed where the answer is read. */
export function typed(line: string, { lead }: Pick<Language, 'lead'>): CodeInline {
  return code(lead + line);
}

export function strong(words: string): StrongInline {
  return { type: 'strong', text: words };
}

export function action(label: string, run: string, style: Action['style'] = 'normal'): Action {
  return { label, run, style };
}

/** An action with the line that explains it. */
export function explained(label: string, run: string, note: string): Action {
  return { ...action(label, run), note };
}

/** Whether the label of an action says no more than its line: “Next” of `next`. */
export function isNamedByLine({ label, run }: Action): boolean {
  return label.toLowerCase() === run.toLowerCase();
}

/** The actions as an element, or nothing when there are none. */
export function offer(...actions: readonly Action[]): readonly ActionsElement[] {
  return actions.length === 0 ? [] : [{ type: 'actions', purpose: 'offer', actions }];
}

/** A question with its answers. */
export function choice(...actions: readonly Action[]): ActionsElement {
  return { type: 'actions', purpose: 'choice', actions };
}

/** What is in a file. */
export function bytesOf({ content, encoding }: FileElement): Uint8Array {
  return Buffer.from(content, encoding ?? 'utf8');
}

export function card(title: string | null, ...elements: readonly Element[]): Card {
  return { tone: 'normal', title, elements };
}
