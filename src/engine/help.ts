import type { Language } from '../language/language.ts';
import type { AnyCommand } from './command.ts';
import { labelKey } from './form.ts';

/** How a command is typed: `list [filter] [--page page]`. What is in brackets may be left out. */
export function usageOf(command: AnyCommand, language: Language): string {
  const parts = Object.entries(command.args).map(([name, argument]) => {
    const label = language.t(labelKey(language, command.name, name)).toLocaleLowerCase(language.locale);
    switch (argument.place) {
      case 'flag':
        return `[--${name}]`;
      case 'option':
        return argument.isRequired ? `--${name} ${label}` : `[--${name} ${label}]`;
      case 'word':
      case 'rest':
        return argument.isRequired ? `<${label}>` : `[${label}]`;
    }
  });
  return [command.name, ...parts].join(' ');
}
