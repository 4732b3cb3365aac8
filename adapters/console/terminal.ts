import { createInterface, type Interface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { bytesOf, type Action, type Card, type FileElement, type FormElement } from '../../src/cards/card.ts';
import { cardText, type TextStyle } from '../../src/cards/text.ts';
import type { Bot, Input, Reply, Request } from '../../src/engine/dispatch.ts';
import type { Language } from '../../src/language/language.ts';
import { openFile, saveFile } from './files.ts';
import { progressBar } from './progress.ts';

/** The person at the terminal, and the terminal. */
export interface Terminal {
  readonly bot: Bot;
  readonly person: Omit<Request, 'input' | 'surroundings'>;
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly errors: Writable & { readonly isTTY?: boolean };
  readonly style: TextStyle;
  readonly language: Language;
}

/** Exit codes: 0 answered, 1 the bot is at fault, 2 the person has to do something else. */
export type ExitCode = 0 | 1 | 2;

/** How a line can go on: the completions of its last word, and that word. */
export type Completer = (line: string) => Promise<[string[], string]>;

/** Answers one command: the answer on standard output, a refusal on standard error. */
export async function runOnce(
  terminal: Terminal,
  line: string,
  { isJson, isConfirmed }: { readonly isJson: boolean; readonly isConfirmed: boolean },
): Promise<ExitCode> {
  const reply = await ask(terminal, { type: 'line', line, isConfirmed });
  const isFine = reply.outcome === 'answered';
  const stream = isFine || isJson ? terminal.output : terminal.errors;
  const file = fileOf(reply.card);
  if (isJson) stream.write(`${JSON.stringify(reply.card, null, 2)}\n`);
  else if (isFine && file) stream.write(bytesOf(file));
  else stream.write(`${textOf(terminal, reply.card)}\n`);
  return isFine ? 0 : reply.outcome === 'failed' ? 1 : 2;
}

/**
 * Talks until the input ends or the person leaves. In a terminal there is a prompt, a history and completion; otherwise
 * every line of the input is a command.
 */
export async function chat(terminal: Terminal, completer: Completer): Promise<ExitCode> {
  const isInteractive = terminal.input.isTTY === true;
  const lines = createInterface({
    input: terminal.input,
    ...(isInteractive ? { output: terminal.output, completer, historySize: 500, removeHistoryDuplicates: true } : {}),
    prompt: 'gcm> ',
  });
  lines.on('SIGINT', () => {
    lines.close();
  });
  let code: ExitCode = 0;
  let choices: readonly Action[] = [];
  if (isInteractive) lines.prompt();
  for await (const typed of lines) {
    const line = typed.trim();
    if (/^(?:exit|quit|bye)$/iu.test(line)) break;
    if (line !== '') {
      if (!isInteractive) terminal.output.write(`gcm> ${line}\n`);
      const chosen = /^\d{1,2}$/u.test(line) ? choices[Number(line) - 1] : undefined;
      const reply = await converse(terminal, { type: 'line', line: chosen?.run ?? line }, isInteractive ? lines : null);
      choices = choicesOf(reply.card);
      if (reply.outcome === 'failed') code = 1;
      terminal.output.write('\n');
    }
    if (isInteractive) lines.prompt();
  }
  lines.close();
  return code;
}

/** One exchange: asks, shows the answer, and asks on for what a form still needs when somebody is there to answer. */
async function converse(terminal: Terminal, input: Input, lines: Interface | null): Promise<Reply> {
  const reply = await ask(terminal, input);
  const form = formOf(reply.card);
  if (form && lines) {
    const given = await fillIn(terminal, form, lines);
    if (!given) {
      terminal.output.write(`${terminal.language.t('console.left')}\n`);
      return reply;
    }
    return converse(terminal, { type: 'form', command: form.command, given: { ...form.carried, ...given } }, lines);
  }
  terminal.output.write(`${textOf(terminal, reply.card)}\n`);
  const file = fileOf(reply.card);
  if (file && lines) {
    const name = await saveFile(file);
    terminal.output.write(`${terminal.language.t('console.saved', { name })}\n`);
  } else if (file) terminal.output.write(bytesOf(file));
  return reply;
}

/**
 * Asks for what is missing or was not understood; `null` when the person leaves an answer empty. Of a form that lacks
 * nothing every question is asked, and an empty answer keeps what is there.
 */
async function fillIn(terminal: Terminal, form: FormElement, lines: Interface): Promise<Record<string, string> | null> {
  const given: Record<string, string> = {};
  const isMissing = (field: FormElement['fields'][number]) =>
    field.problem !== null || (field.isRequired && field.value === null);
  const isWhole = !form.fields.some(isMissing);
  for (const field of form.fields) {
    const isOpen = isWhole || isMissing(field);
    if (!isOpen) {
      if (field.value !== null) given[field.name] = field.value;
      continue;
    }
    if (field.problem !== null) terminal.output.write(`${terminal.style.warning(field.problem)}\n`);
    const options =
      field.control.type === 'choice' ? ` (${field.control.options.map(({ label }) => label).join(', ')})` : '';
    const kept = isWhole && field.value !== null ? ` [${field.value}]` : '';
    const answer = await lines.question(`${field.label}${options}${kept}: `);
    if (answer.trim() === '' && isWhole) {
      if (field.value !== null) given[field.name] = field.value;
      continue;
    }
    if (answer.trim() === '') return null;
    given[field.name] = answer;
  }
  return given;
}

async function ask(terminal: Terminal, input: Input): Promise<Reply> {
  const bar = progressBar(terminal.errors);
  const surroundings = {
    openFile,
    progress: (done: number) => {
      bar.show(done);
    },
  };
  try {
    return await terminal.bot.handle({ ...terminal.person, input, surroundings });
  } finally {
    bar.clear();
  }
}

function textOf({ output, style, language }: Terminal, card: Card): string {
  const width = output.isTTY ? Math.max(40, output.columns ?? 80) : 100;
  return cardText(card, { language, style, width, isDrawn: true });
}

function fileOf(card: Card): FileElement | undefined {
  return card.elements.filter((element) => element.type === 'file').find(({ drawing }) => drawing === undefined);
}

function formOf(card: Card): FormElement | undefined {
  return card.elements.find((element) => element.type === 'form');
}

function choicesOf(card: Card): readonly Action[] {
  return card.elements.flatMap((element) =>
    element.type === 'actions' && element.purpose === 'choice' ? element.actions : [],
  );
}
