import { fold } from '../schedule/filter.ts';
import { findEvent } from '../schedule/search.ts';
import type { QuestionRule } from '../language/language.ts';
import type { ReadContext } from './argument.ts';
import { readFilter } from './read-filter.ts';
import { isPeriod } from './is-period.ts';
import { quote, tokenize } from './tokenize.ts';

/**
 * Turns a sentence that is not a command into one, by the rules of the reader's language: a phrase decides what is
 * asked, what is left beside the noise has to be a filter or an event. No rule that fits leaves a part of the sentence
 * unread.
 *
 * @returns a command line, or `null` when the sentence is not understood
 */
export function ask(sentence: string, context: ReadContext): string | null {
  const plain = sentence
    .replace(/(?:[\s?!.…\p{Extended_Pictographic}\ufe0f])+$/gu, '')
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, ' ');
  const words = tokenize(plain).map((token) => token.text.replace(/[,;]+$/u, ''));
  const bare = withoutCourtesies(words, context);
  // “Hi there” is nothing but polite, and a greeting is answered too.
  return meaning(bare, context) ?? (bare.length < words.length ? meaning(words, context) : null);
}

function meaning(words: readonly string[], context: ReadContext): string | null {
  for (const rule of context.language.words.questions) {
    const rest = without(words, rule.phrases);
    if (rest === null) continue;
    const line = fit(rule, rest, context);
    if (line !== null) return line;
  }
  return nameOf(words, context);
}

/** The words without the polite ones at either end; all of them when they are nothing else. */
function withoutCourtesies(words: readonly string[], { language }: ReadContext): readonly string[] {
  const courtesies = language.words.courtesies.map((phrase) => phrase.split(' '));
  const folded = words.map(fold);
  let [start, end] = [0, words.length];
  const at = (from: number) => courtesies.find((phrase) => phrase.every((word, of) => folded[from + of] === word));
  const before = () =>
    courtesies.find((phrase) => phrase.every((word, of) => folded[end - phrase.length + of] === word));
  for (let phrase = at(start); phrase && start < end; phrase = at(start)) start += phrase.length;
  for (let phrase = before(); phrase && start < end; phrase = before()) end -= phrase.length;
  return start < end ? words.slice(start, end) : words;
}

/** The words without the first of the phrases that occurs among them; `null` when none does. */
function without(words: readonly string[], phrases: readonly string[]): readonly string[] | null {
  const folded = words.map(fold);
  for (const phrase of phrases) {
    const length = phrase.split(' ').length;
    for (let at = 0; at + length <= words.length; at += 1) {
      if (folded.slice(at, at + length).join(' ') === phrase) {
        return [...words.slice(0, at), ...words.slice(at + length)];
      }
    }
  }
  return null;
}

function fit(rule: QuestionRule, rest: readonly string[], context: ReadContext): string | null {
  const { noise } = context.language.words;
  const said = rest.filter((word) => !noise.includes(fold(word)));
  switch (rule.rest) {
    case 'nothing':
      return said.length === 0 ? rule.command : null;
    case 'text':
      return said.length > 0 ? `${rule.command} ${rest.map(quote).join(' ')}` : null;
    case 'event': {
      const [last = ''] = said.slice(-1);
      if (said.length > 1 && context.language.words.questionEndings.includes(fold(last))) said.pop();
      const handle = said.length > 0 && !isPeriod(said.join(' '), context) ? oneEvent(said, context) : null;
      return handle === null ? null : `${rule.command} ${handle}`;
    }
    case 'filter': {
      const text = rest.map(quote).join(' ');
      const direction = rule.command === 'past' ? 'past' : 'future';
      const filter = readFilter(text, { ...context, direction });
      const isUnderstood =
        filter.ok || filter.problem.key === 'date.ambiguous' || filter.problem.key === 'date.problem';
      if (!isUnderstood) return null;
      const needed = tokenize(text).filter((token) => !noise.includes(fold(token.text)));
      return [rule.command, ...needed.map((token) => quote(token.text))].join(' ');
    }
  }
}

/** A sentence that is nothing but the name of an event, or of a sort of events. */
function nameOf(words: readonly string[], context: ReadContext): string | null {
  const said = words.filter((word) => !context.language.words.noise.includes(fold(word)));
  if (said.length === 0) return null;
  const handle = context.schedule.byHandle(fold(said.join(' ')).replaceAll(' ', '-'))?.handle;
  if (handle !== undefined) return `show ${handle}`;
  const asFilter = readFilter(words.map(quote).join(' '), { ...context, direction: 'future' });
  if (asFilter.ok) return `list ${said.map(quote).join(' ')}`;
  const found = findEvent(context.schedule, said.join(' '), context.language);
  if (found.type === 'one') return `show ${found.event.handle}`;
  return found.type === 'several' ? `find ${said.map(quote).join(' ')}` : null;
}

function oneEvent(words: readonly string[], { schedule, language }: ReadContext): string | null {
  const found = findEvent(schedule, words.join(' '), language);
  if (found.type === 'one') return found.event.handle;
  return found.type === 'several' ? words.map(quote).join(' ') : null;
}
