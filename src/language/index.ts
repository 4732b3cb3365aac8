import { en } from './en/index.ts';
import { createLanguage, type Language } from './language.ts';

/** English, ready to speak. */
export const english: Language = createLanguage(en);

/** Every language the bot speaks. The first one is spoken when nobody chose another. */
export const languages: readonly [Language, ...Language[]] = [english];
