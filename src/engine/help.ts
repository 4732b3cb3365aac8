import type { Language } from '../language/language.ts';
import type { Argument } from './argument.ts';
import type { AnyCommand } from './command.ts';
import { labelKey } from './form.ts';

/** How many options a usage line names; more of them stand in the help of the command. */
const NAMED = 3;

/** How many words a usage line names for an argument that can be only these. */
const FEW = 2;

/** How a command is typed: `list [filter] [--page page]`. What is in brackets may be left out. */
export function usageOf(command: AnyCommand, language: Language): string {
  const isMany = optionsOf(command, language).length > NAMED;
  const parts = Object.entries(command.args).flatMap(([name, argument]) =>
    isMany && isOption(argument) ? [] : [usageOfOne(command, name, argument, language)],
  );
  const more = isMany ? [`[${language.t('help.option')}]`] : [];
  return [command.name, ...parts, ...more].filter((part) => part !== '').join(' ');
}

/** The options of a command, each with what it is for. */
export function optionsOf(
  command: AnyCommand,
  language: Language,
): readonly { readonly name: string; readonly label: string }[] {
  return Object.entries(command.args)
    .filter(([, argument]) => isOption(argument))
    .map(([name]) => ({ name, label: language.t(labelKey(language, command.name, name)) }));
}

function isOption({ place, isRequired }: Argument<unknown>): boolean {
  return place === 'option' && !isRequired;
}

function usageOfOne(command: AnyCommand, name: string, argument: Argument<unknown>, language: Language): string {
  const label =
    wordsOf(argument) ?? language.t(labelKey(language, command.name, name)).toLocaleLowerCase(language.locale);
  switch (argument.place) {
    case 'flag':
      return `[--${name}]`;
    case 'option':
      return argument.isRequired ? `--${name} ${label}` : `[--${name} ${label}]`;
    case 'tail': {
      const [lead = ''] =
        argument.lead === undefined || argument.lead === 'rule' ? [] : language.words.leads[argument.lead];
      const typed = `${lead} <${label}>`.trim();
      return argument.isRequired ? typed : `[${typed}]`;
    }
    case 'carried':
      return '';
    case 'word':
    case 'rest':
      return argument.isRequired ? `<${label}>` : `[${label}]`;
  }
}

/** The few words that an argument can be: they say more than its name does, and in less room. */
function wordsOf({ control }: Argument<unknown>): string | null {
  if (control.type !== 'choice' || control.options.length > FEW) return null;
  return control.options.map(({ value }) => value).join('/');
}
