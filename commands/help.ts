import { action, card, choice, code, heading, list, muted, offer, text, type Inline } from '../src/cards/card.ts';
import { mayAct } from '../src/engine/access.ts';
import { optional, words } from '../src/engine/argument.ts';
import { defineQuestion, type AnyCommand, type QuestionContext } from '../src/engine/command.ts';
import { optionsOf, usageOf } from '../src/engine/help.ts';
import { closest } from '../src/engine/suggest.ts';

export const help = defineQuestion({
  name: 'help',
  aliases: ['?', 'commands'],
  summary: 'help.summary',
  access: 'viewer',
  args: { command: optional(words({ maxLength: 100 })) },
  examples: ['help', 'help next'],
  run(context, { command }) {
    if (command === null) return overview(context);
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
        ...(choices.length > 0 ? [choice(...choices)] : offer(action(language.t('help.offer-all'), 'help'))),
      ),
      tone: 'problem',
    };
  },
});

function overview({ commands, language, reader }: QuestionContext) {
  const open = commands.all.filter((command) => mayAct(reader.role, command.access) && !command.isHidden);
  const lines = (access: (command: AnyCommand) => boolean) =>
    open.filter(access).map((command): readonly Inline[] => [code(command.name), ` — ${language.t(command.summary)}`]);
  const staff = lines(({ access }) => access !== 'viewer');
  return card(
    language.t('help.title'),
    text(language.t('help.sentences')),
    list(lines(({ access }) => access === 'viewer')),
    ...(staff.length > 0 ? [heading(language.t('help.staff')), list(staff)] : []),
    muted(language.t('help.more')),
    ...offer(action(language.t('help.try-next'), 'next'), action(language.t('help.try-list'), 'list')),
  );
}

function detail(command: AnyCommand, { language }: QuestionContext) {
  const names = command.aliases.map((alias) => code(alias));
  const options = optionsOf(command, language);
  const shown = usageOf(command, language).includes(language.t('help.option')) ? options : [];
  return card(
    command.name,
    text(language.t(command.summary)),
    text(code(usageOf(command, language))),
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
    list(command.examples.map((example) => [code(example)])),
  );
}
