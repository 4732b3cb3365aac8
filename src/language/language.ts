import { IntlMessageFormat } from 'intl-messageformat';
import type { en } from './en.ts';

/** The name of a sentence in the catalogue. English is the list of all there are. */
export type MessageKey = keyof typeof en.messages;

/** What fills the blanks of a sentence. */
export type MessageValues = Readonly<Record<string, string | number>>;

/** Every sentence the bot says and every word it listens for, in one language. */
export interface Catalogue {
  /** BCP 47 tag by which people choose it. */
  readonly tag: string;
  /** The locale whose conventions `Intl` follows for dates, numbers and lists. */
  readonly locale: string;
  /** What the language calls itself. */
  readonly name: string;
  /** ICU MessageFormat. */
  readonly messages: Readonly<Record<MessageKey, string>>;
}

/** A catalogue ready to speak. */
export interface Language extends Catalogue {
  /** The sentence of that name with its blanks filled. Values are data: braces and tags in them stay as they are. */
  t(key: MessageKey, values?: MessageValues): string;
}

/** Prepares a catalogue. Each sentence is compiled when it is first said. */
export function createLanguage(catalogue: Catalogue): Language {
  const compiled = new Map<MessageKey, IntlMessageFormat>();
  return {
    ...catalogue,
    t(key, values) {
      let message = compiled.get(key);
      if (!message) {
        message = new IntlMessageFormat(catalogue.messages[key], catalogue.locale, undefined, { ignoreTag: true });
        compiled.set(key, message);
      }
      return String(message.format(values));
    },
  };
}
