import {
  action,
  card,
  choice,
  code,
  explained,
  heading,
  list,
  muted,
  offer,
  text,
  typed,
  type Inline,
} from '../src/cards/card.ts';
import { mayAct } from '../src/engine/access.ts';
import { optional, words } from '../src/engine/argument.ts';
import { defineQuestion, type AnyCommand, type QuestionContext } from '../src/engine/command.ts';
import { optionsOf, usageOf } from '../src/engine/help.ts';
import { capitalised } from '../src/language/language.ts';
import { closest } from '../src/engine/suggest.ts';

/** What stands for every command in the place of one. */
const ALL = 'all';

export const help = defineQuestion({
  name: 'help',
  aliases: ['?', 'commands'],
  summary: 'help.summary',
  access: 'viewer',
  args: { command: optional(words({ maxLength: 100 })) },
  examples: ['help', 'help all', 'help next'],
  run(context, { command }) {
    if (command === null) return overview(context);
    if (command.toLowerCase() === ALL) return everything(context);
    const { commands, language } = context;
    const found = commands.find(command);
    if (found) return detail(found, context);
    const near = closest(
      command.toLowerCase(),
      commands.all.map(({ name }) => name),
    );
    const choices = near.map((name) => action(name, `help ${name}`));
    return {
      ...card(
        null,
        text(language.t('error.unknown-command', { word: command })),
        ...(choices.length > 0 ? [choice(...choices)] : offer(action(language.t('help.title'), 'help'))),
      ),
      tone: 'problem',
    };
  },
});

/** What people do every day, a button each; the rest is a press away. */
function overview({ commands, language, reader }: QuestionContext) {
  const everyday = openTo(reader, commands).filter(({ isEveryday }) => isEveryday);
  const lines = (some: readonly AnyCommand[]) =>
    offer(...some.map(({ name, summary }) => explained(capitalised(name, language), name, language.t(summary))));
  const staff = lines(everyday.filter(isForStaff));
  return card(
    language.t('help.title'),
    text(language.t('help.sentences')),
    ...lines(everyday.filter((command) => !isForStaff(command))),
    ...(staff.length > 0 ? [heading(language.t('help.staff')), ...staff] : []),
    ...offer(action(language.t('help.offer-all'), `help ${ALL}`)),
  );
}

function everything({ commands, language, reader }: QuestionContext) {
  const open = openTo(reader, commands);
  const lines = (some: readonly AnyCommand[]) =>
    list(some.map(({ name, summary }): readonly Inline[] => [typed(name, language), ` — ${language.t(summary)}`]));
  const staff = open.filter(isForStaff);
  return card(
    language.t('help.offer-all'),
    heading(language.t('help.members')),
    lines(open.filter((command) => !isForStaff(command))),
    ...(staff.length > 0 ? [heading(language.t('help.staff')), lines(staff)] : []),
    muted(language.t('help.more')),
  );
}

function openTo({ role }: QuestionContext['reader'], { all }: QuestionContext['commands']): readonly AnyCommand[] {
  return all.filter((command) => mayAct(role, command.access) && !command.isHidden);
}

function isForStaff({ access }: AnyCommand): boolean {
  return access !== 'viewer';
}

function detail(command: AnyCommand, { language }: QuestionContext) {
  const names = command.aliases.map((alias) => code(alias));
  const options = optionsOf(command, language);
  const shown = usageOf(command, language).includes(language.t('help.option')) ? options : [];
  return card(
    command.name,
    text(language.t(command.summary)),
    text(typed(usageOf(command, language), language)),
    ...(names.length > 0
      ? [muted(language.t('help.aliases'), ' ', ...names.flatMap((name, at) => (at > 0 ? [', ', name] : [name])))]
      : []),
    ...(shown.length > 0
      ? [
          heading(language.t('help.options')),
          list(shown.map(({ name, label }): readonly Inline[] => [code(name), ` — ${label}`])),
        ]
      : []),
    heading(language.t('help.examples')),
    list(command.examples.map((example) => [typed(example, language)])),
  );
}
