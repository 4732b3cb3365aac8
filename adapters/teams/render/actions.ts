import { isNamedByLine, typed, type Action, type ActionsElement, type FormElement } from '../../../src/cards/card.ts';
import { cleanLine } from '../../../src/clean.ts';
import type { Language } from '../../../src/language/language.ts';
import { line } from './escape.ts';
import { carriedData } from './form.ts';
import { LIMITS } from './limits.ts';
import type { Block, ColumnSet, Execute } from './shapes.ts';
import { richText, run, runs } from './text.ts';

/** A button that says a command line; `null` when the line is longer than {@link LIMITS.commandLine}. */
export function button(action: Action, max: number = LIMITS.actionTitle): Execute | null {
  const typed = cleanLine(action.run);
  if (typed === '' || typed.length > LIMITS.commandLine) return null;
  const title = line(action.label, max) || line(typed, max);
  const data = { run: typed };
  return {
    type: 'Action.Execute',
    verb: 'run',
    title,
    ...(cleanLine(action.label).length > max ? { tooltip: line(action.label) } : {}),
    ...(action.style === 'normal' ? {} : { style: action.style === 'primary' ? 'positive' : 'destructive' }),
    data,
    // A client without Action.Execute sends the same data as a message.
    fallback: { type: 'Action.Submit', title, data },
  };
}

/** A button that sends the form whose inputs are in the card. */
export function submit({ submit: label, command, carried = {} }: FormElement, opaque: string): Execute {
  const title = line(label, LIMITS.actionTitle) || '→';
  const data = { command: cleanLine(command), opaque, ...carriedData(carried) };
  return {
    type: 'Action.Execute',
    verb: 'form',
    title,
    style: 'positive',
    data,
    fallback: { type: 'Action.Submit', title, data },
  };
}

/** Buttons in a row; those beyond {@link LIMITS.primaryActions} go into the overflow menu. */
export function buttonRow(actions: readonly Action[], language: Language): readonly Block[] {
  const buttons = actions.map((action) => button(action)).filter((made) => made !== null);
  const shown = buttons.slice(0, LIMITS.actions).map((made, at): Execute => {
    return at < LIMITS.primaryActions ? made : { ...made, mode: 'secondary' };
  });
  return shown.length === 0
    ? []
    : [{ type: 'ActionSet', actions: shown }, ...andMore(actions.length - shown.length, language)];
}

/** Ways to go on stand in a row; answers one below the other unless they are short, so that a phone shows them whole. */
export function actionsBlocks(element: ActionsElement, language: Language): readonly Block[] {
  const lines = element.actions.filter(({ note }) => note !== undefined);
  if (element.purpose === 'offer' && lines.length > 0) {
    const others = element.actions.filter(({ note }) => note === undefined);
    const rows = lines
      .slice(0, LIMITS.answers)
      .map((action) => explainedRow(action, language))
      .filter((made) => made !== null);
    return [...rows, ...andMore(lines.length - rows.length, language), ...buttonRow(others, language)];
  }
  const letters = element.actions.reduce((sum, { label }) => sum + label.length, 0);
  if (element.purpose === 'offer' || letters <= LIMITS.answersInRow) {
    return buttonRow(element.actions, language);
  }
  const answers = element.actions
    .slice(0, LIMITS.answers)
    .map((action) => button(action, LIMITS.title))
    .filter((made) => made !== null);
  return [
    ...answers.map((selectAction): Block => ({
      type: 'Container',
      style: 'emphasis',
      spacing: 'Small',
      selectAction,
      items: [richText([run(selectAction.title, { color: 'Accent', weight: 'Bolder' })])],
    })),
    ...andMore(element.actions.length - answers.length, language),
  ];
}

/** What explains a button, and the button beside it. */
function explainedRow(action: Action, language: Language): ColumnSet | null {
  const made = button(action);
  if (made === null) return null;
  const note = action.note ?? '';
  const words = isNamedByLine(action) ? [typed(action.run, language), ` — ${note}`] : [note];
  return {
    type: 'ColumnSet',
    spacing: 'Small',
    columns: [
      { type: 'Column', width: 'stretch', items: [richText(runs(words))] },
      { type: 'Column', width: 'auto', spacing: 'Small', items: [{ type: 'ActionSet', actions: [made] }] },
    ],
  };
}

/** How many there are beyond what is shown; nothing when that is all. */
export function andMore(count: number, language: Language): readonly Block[] {
  return count > 0
    ? [richText([run(language.t('list.more', { count }), { isSubtle: true })], { spacing: 'Small' })]
    : [];
}
