import { PassThrough, Writable } from 'node:stream';
import { chat } from '../../adapters/console/terminal.ts';
import type { FormElement } from '../../src/cards/card.ts';
import { cardText, plainStyle } from '../../src/cards/text.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import { commandLine } from '../../src/engine/parse.ts';
import { english } from '../../src/language/index.ts';
import type { Heard, Talk } from '../contracts/staff.ts';
import { choicesOf, house, type Speaker } from './house.ts';

/** Somebody who talks to the bot itself, without a platform between. */
export async function talkToBot(as: Speaker = { role: 'editor' }): Promise<Talk> {
  const home = await house();
  let last: Reply | null = null;
  const heard = (reply: Reply): Heard => {
    last = reply;
    const choices = choicesOf(reply).map(({ label }) => label);
    return { text: cardText(reply.card, { language: english }), choices };
  };
  return {
    say: async (line) => heard(await home.say(line, as)),
    async press(label) {
      if (!last) throw new Error('nothing was said yet');
      return heard(await home.press(last, label, as));
    },
    async fill(command, given) {
      const form = formIn(await home.say(command, as));
      return heard(await home.fill(form.command, { ...valuesOf(form), ...given }, as));
    },
  };
}

/** Somebody at a terminal without a screen: a line at a time, a choice by its number, an offer by what it says to type. */
export async function talkInLines(as: Speaker = { role: 'editor' }): Promise<Talk> {
  const home = await house();
  const input = new PassThrough();
  let said = '';
  let answered: ((text: string) => void) | null = null;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      said += chunk.toString();
      // An answer is followed by an empty line, which the terminal writes by itself.
      if (chunk.toString() === '\n') {
        answered?.(said);
        said = '';
      }
      done();
    },
  });
  const person = {
    actor: { platform: 'console', tenant: '', user: 'ada', name: 'ada' },
    role: as.role ?? 'editor',
    zone: 'Europe/Zurich',
  };
  const terminal = {
    bot: home.bot,
    person,
    input,
    output,
    errors: new PassThrough(),
    style: plainStyle,
    language: english,
  };
  void chat(terminal, () => Promise.resolve([[], '']));
  let choices: readonly string[] = [];
  let offers: ReadonlyMap<string, string> = new Map();
  const say = async (line: string): Promise<Heard> => {
    const text = await new Promise<string>((resolve) => {
      answered = resolve;
      input.write(`${line}\n`);
    });
    const numbered = [...text.matchAll(/^ {2}\d+\. (?<label>.+?)(?: {2}\S.*)?$/gmu)];
    const offered = [...text.matchAll(/^(?:.* {3})?(?<label>[^:\n]+): (?<line>\S.*?)(?: {3}.*)?$/gmu)];
    offers = new Map(offered.map(({ groups }) => [groups?.label?.trim() ?? '', groups?.line ?? '']));
    choices = numbered.map(({ groups }) => groups?.label ?? '');
    return { text: text.replace(/\s*\n\s*/gu, ' '), choices };
  };
  return {
    say,
    press(label) {
      const at = choices.indexOf(label);
      const offered = offers.get(label);
      if (at < 0 && offered !== undefined) return say(offered);
      if (at < 0) throw new Error(`there is no choice “${label}”, only ${choices.join(', ')}`);
      return say((at + 1).toString());
    },
    async fill(command, given) {
      const form = formIn(await home.say(command, as));
      const declared = home.bot.registry.find(form.command);
      if (!declared) throw new Error(`there is no command ${form.command}`);
      return say(commandLine(declared, { ...valuesOf(form), ...given }));
    },
  };
}

function formIn(reply: Reply): FormElement {
  const form = reply.card.elements.find((element) => element.type === 'form');
  if (!form) throw new Error(`there is no form in: ${cardText(reply.card, { language: english })}`);
  return form;
}

/** What comes back from a form that somebody sends as it is. */
function valuesOf({ fields, carried }: FormElement): Record<string, string> {
  return { ...Object.fromEntries(fields.map(({ name, value }) => [name, value ?? ''])), ...carried };
}
