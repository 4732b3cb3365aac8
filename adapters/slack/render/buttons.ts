import {
  isNamedByLine,
  offStatus,
  typed,
  type Action,
  type ActionsElement,
  type EventElement,
  type FormElement,
} from '../../../src/cards/card.ts';
import { cleanLine } from '../../../src/clean.ts';
import { mrkdwn, plainText, type Block, type Button, type Menu, type Option } from './block.ts';
import { cut, plain } from './escape.ts';
import { LIMITS } from './limits.ts';
import { code, fit, glue, words } from './mrkdwn.ts';
import type { Part } from './part.ts';
import type { Rendering } from './rendering.ts';

/** Begins the `action_id` of every button whose value is a command line. */
export const RUN = 'run';
/** The same for the answers to a question, which are used up once one is given. */
export const PICK = 'pick';

/** How much of a message a menu takes at most, in characters of JSON. */
const MENU = 4000;

/** A button of the platform itself, beside those of a card. */
export interface OwnButton {
  readonly label: string;
  /** Begins with neither {@link RUN} nor {@link PICK}. At most 255 characters. */
  readonly actionId: string;
  /** At most 2000 characters. */
  readonly value: string;
}

/** What people are asked to choose from, or how they can go on. */
export function actionsParts({ purpose, actions }: ActionsElement, rendering: Rendering): readonly Part[] {
  const possible = actions.filter(isPossible);
  const leftOut = actions.length - possible.length;
  if (possible.length === 0) return leftOut === 0 ? [] : [{ type: 'kept', blocks: [], leftOut }];
  // Clients show the beginning of a long label only, which is no use when the labels are what one chooses by.
  const isLong = purpose === 'choice' && possible.some(({ label }) => plain(label).length > LIMITS.buttonShown);
  if (isLong) return [{ type: 'kept', blocks: possible.map((action) => chosenBySide(action, rendering)), leftOut }];
  const lines = possible.filter(({ note }) => note !== undefined).map((action) => explainedBeside(action, rendering));
  const buttons = possible
    .filter(({ note }) => note === undefined)
    .map((action) => runButton(action, rendering, purpose === 'choice' ? PICK : RUN));
  return [{ type: 'kept', blocks: [...lines, ...rows(buttons)], leftOut }];
}

/** The buttons of an event, which stay with it. A screen reader says which event each is for. */
export function eventButtons(actions: readonly Action[], title: string, rendering: Rendering): readonly Part[] {
  const buttons = actions.filter(isPossible).map((action): Button => {
    const button = runButton(action, rendering);
    const spoken = cut(`${button.text.text}: ${plain(title)}`, LIMITS.accessibilityLabel);
    return { ...button, accessibility_label: spoken };
  });
  return rows(buttons).map((block) => ({ type: 'block', block, counts: 0 }));
}

/** What leads from the lines of a list to their events: one button, or a menu, as a button on every line is too much. */
export function lineButtons(lines: readonly EventElement[], rendering: Rendering): readonly Part[] {
  const seen = new Set<string>();
  const ways = lines.flatMap((line) => {
    const { shortWhen, title, handle, actions } = line;
    const off = offStatus(line);
    const [action] = actions.filter(({ run }) => isPossible({ run }) && cleanLine(run).length <= LIMITS.optionValue);
    if (!action || seen.has(action.run)) return [];
    seen.add(action.run);
    const when = off === null ? shortWhen : `${off.text}: ${shortWhen}`;
    return [{ action, name: [when, cleanLine(title) || handle].join('  ') }];
  });
  const [only] = ways;
  if (!only) return [];
  const options: Option[] = [];
  let size = 0;
  for (const { action, name } of ways.slice(0, LIMITS.options)) {
    const option = { text: plainText(name, LIMITS.optionText), value: cleanLine(action.run) };
    size += JSON.stringify(option).length;
    if (size > MENU) break;
    options.push(option);
  }
  const menu: Menu = {
    type: 'static_select',
    action_id: `${RUN}:${rendering.nextButton().toString()}`,
    placeholder: plainText(rendering.language.t('slack.details-of'), LIMITS.placeholder),
    options,
  };
  const element = ways.length === 1 ? runButton(only.action, rendering) : menu;
  return [{ type: 'kept', blocks: [{ type: 'actions', elements: [element] }], leftOut: 0 }];
}

/** Buttons that the adapter adds. */
export function ownButtons(buttons: readonly OwnButton[]): readonly Part[] {
  if (buttons.length === 0) return [];
  const elements = buttons.map(({ label, actionId, value }): Button => ({
    type: 'button',
    action_id: actionId,
    text: plainText(label, LIMITS.buttonText),
    value,
  }));
  return [{ type: 'kept', blocks: rows(elements), leftOut: 0 }];
}

/** The button that leads to a form where none can be shown: the same as typing the command. */
export function formButton({ command }: FormElement, rendering: Rendering): Part {
  const label = rendering.language.t('slack.fill-in');
  return { type: 'kept', blocks: rows([runButton({ label, run: command, style: 'primary' }, rendering)]), leftOut: 0 };
}

/** A command line that is too long for a button would run as another one if it were cut. */
function isPossible({ run }: Pick<Action, 'run'>): boolean {
  const line = cleanLine(run);
  return line !== '' && line.length <= LIMITS.buttonValue;
}

function runButton({ label, run, style }: Action, { nextButton }: Rendering, prefix = RUN): Button {
  return {
    type: 'button',
    action_id: `${prefix}:${nextButton().toString()}`,
    text: plainText(label, LIMITS.buttonText, run),
    value: cleanLine(run),
    ...(style === 'normal' ? {} : { style }),
  };
}

/** What explains a button, and the button beside it. A screen reader that is on the button says both. */
function explainedBeside(action: Action, rendering: Rendering): Block {
  const note = cut(cleanLine(action.note ?? ''), LIMITS.headerText * 2);
  const named = isNamedByLine(action)
    ? [code(typed(cut(action.run, LIMITS.headerText), rendering.language).text), glue(' — ')]
    : [];
  const button = runButton(action, rendering);
  return {
    type: 'section',
    text: mrkdwn(fit([...named, words(note)], LIMITS.sectionText) || '—'),
    accessory: {
      ...button,
      accessibility_label: cut(`${button.text.text}: ${plain(note)}`, LIMITS.accessibilityLabel),
    },
  };
}

function chosenBySide(action: Action, rendering: Rendering): Block {
  const label = plain(action.label) || plain(action.run);
  return {
    type: 'section',
    text: mrkdwn(fit([words(label)], LIMITS.sectionText) || '—'),
    accessory: {
      ...runButton(action, rendering, PICK),
      text: plainText(rendering.language.t('slack.choose'), LIMITS.buttonText),
      accessibility_label: cut(label, LIMITS.accessibilityLabel),
    },
  };
}

function rows(buttons: readonly Button[]): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < buttons.length; at += LIMITS.actions) {
    blocks.push({ type: 'actions', elements: buttons.slice(at, at + LIMITS.actions) });
  }
  return blocks;
}
