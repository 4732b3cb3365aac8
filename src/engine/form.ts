import type { Card, FormField } from '../cards/card.ts';
import { capitalised, type Language, type MessageKey } from '../language/language.ts';
import type { ReadProblem } from './argument.ts';
import type { AnyCommand, Context } from './command.ts';
import type { Given } from './parse.ts';

/** The name of an argument's label in the catalogue. */
export function labelKey(language: Language, command: string, argument: string): MessageKey {
  const own = `argument.${command}.${argument}`;
  const common = `argument.name.${argument}`;
  const key = own in language.messages ? own : common;
  return key as MessageKey;
}

/** A command's arguments as a form: what was typed is in it, and what is wrong stands beside it. */
export function formOf(
  command: AnyCommand,
  language: Language,
  given: Given = {},
  problems: Readonly<Record<string, ReadProblem>> = {},
): Card {
  const asked = Object.entries(command.args).filter(([, { place }]) => place !== 'carried');
  const fields = asked.map(([name, argument]): FormField => {
    const problem = problems[name];
    return {
      name,
      label: language.t(labelKey(language, command.name, name)),
      control: argument.control,
      isRequired: argument.isRequired,
      value: given[name] ?? null,
      problem: problem ? language.t(problem.key, problem.values) : null,
    };
  });
  return {
    tone: Object.keys(problems).length > 0 ? 'problem' : 'normal',
    title: language.t('form.title', { command: command.name, summary: language.t(command.summary) }),
    elements: [
      {
        type: 'form',
        command: command.name,
        about: capitalised(language.t(command.summary), language),
        submit: language.t(command.isPreviewed ? 'form.preview' : 'form.continue'),
        fields,
        ...carriedBy(command, given),
      },
    ],
  };
}

/** A command's form with what a person would expect to find in it, besides what was given. */
export async function formFor(command: AnyCommand, given: Given, context: Context): Promise<Card> {
  return formOf(command, context.language, (await command.fill?.(context, given)) ?? given);
}

function carriedBy(command: AnyCommand, given: Given): { readonly carried?: Given } {
  const carried = Object.entries(given).filter(([name]) => command.args[name]?.place === 'carried');
  return carried.length === 0 ? {} : { carried: Object.fromEntries(carried) };
}
