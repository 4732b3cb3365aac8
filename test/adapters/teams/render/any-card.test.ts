import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderCard } from '../../../../adapters/teams/render/card.ts';
import { LIMITS, sizeOf } from '../../../../adapters/teams/render/limits.ts';
import { renderPreview } from '../../../../adapters/teams/render/preview.ts';
import { renderPlain } from '../../../../adapters/teams/render/text.ts';
import { english } from '../../../../src/language/index.ts';
import { arbitraryCard, arbitraryEvent } from '../../../support/cards.ts';
import { problemsOf } from './microsoft.ts';

const options = {
  language: english,
  fileUrl: () => 'https://example.org/file',
  form: {
    opaque: 'o'.repeat(500),
    events: Array.from({ length: 500 }, (_, at) => ({
      value: `e${at.toString()}`,
      label: `Event ${at.toString()} [x](y)`,
    })),
    dataset: 'events',
  },
};

type Json = Readonly<Record<string, unknown>>;

/** Every object of a card, the card itself first. */
function objectsIn(value: unknown): readonly Json[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(Array.isArray(value) ? [] : [value as Json]), ...Object.values(value).flatMap(objectsIn)];
}

/** What people read, with the name of the property it stands in. */
function wordsIn(card: unknown): readonly (readonly [string, string])[] {
  const shown = ['text', 'label', 'title', 'tooltip', 'placeholder', 'errorMessage', 'fallbackText'];
  return objectsIn(card).flatMap((object) =>
    Object.entries(object).flatMap(([name, value]) =>
      shown.includes(name) && typeof value === 'string' ? [[name, value] as const] : [],
    ),
  );
}

// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Cs}|\{\{|\]\(|<\/?at\b/iu;
const MARKDOWN = /[*_[\]()#+>~`\\<&{}|/]|:(?! )|^[\s\d-]|\n/u;

const check = (property: (card: ReturnType<typeof renderCard>) => void) => {
  fc.assert(
    fc.property(arbitraryCard(), (card) => {
      property(renderCard(card, options));
    }),
    { numRuns: 60 },
  );
};

describe('any card at all', () => {
  test('is never larger than Teams takes, and always says something', () => {
    check((shown) => {
      expect(sizeOf(shown)).toBeLessThanOrEqual(LIMITS.cardBytes);
      expect(shown.fallbackText).not.toBe('');
    });
  });

  test('is read by Microsoft’s own reader without a complaint', () => {
    check((shown) => {
      expect(problemsOf(shown)).toEqual([]);
    });
  });

  test('lets no macro, mention, Markdown link, control character or override through', () => {
    check((shown) => {
      expect(wordsIn(shown).flatMap(([name, words]) => [[name, FORBIDDEN.exec(words)?.[0]]])).toEqual(
        wordsIn(shown).map(([name]) => [name, undefined]),
      );
    });
  });

  test('gives Markdown no text that it could read', () => {
    check((shown) => {
      const blocks = objectsIn(shown).filter(({ type }) => type === 'TextBlock');
      expect(blocks.filter(({ text }) => MARKDOWN.test(String(text)))).toEqual([]);
      expect(objectsIn(shown).filter(({ type }) => type === 'FactSet')).toEqual([]);
    });
  });

  test('leads only to addresses that may be followed', () => {
    check((shown) => {
      const urls = objectsIn(shown).flatMap(({ url }) => (typeof url === 'string' ? [url] : []));
      expect(urls.filter((url) => !/^(?:https?|mailto|webcal):/u.test(url) || url.length > LIMITS.url)).toEqual([]);
    });
  });

  test('has buttons with words that do the same in a client without Action.Execute', () => {
    check((shown) => {
      for (const action of objectsIn(shown).filter(({ type }) => type === 'Action.Execute')) {
        expect(action.title).not.toBe('');
        expect(action.fallback).toEqual({ type: 'Action.Submit', title: action.title, data: action.data });
      }
      for (const { actions } of objectsIn(shown).filter(({ type }) => type === 'ActionSet')) {
        const modes = (actions as readonly Json[]).map(({ mode }) => mode);
        expect(modes.filter((mode) => mode !== 'secondary').length).toBeLessThanOrEqual(LIMITS.primaryActions);
        expect(modes.length).toBeLessThanOrEqual(LIMITS.actions);
      }
    });
  });

  test('asks nothing twice under one name', () => {
    check((shown) => {
      const ids = objectsIn(shown).flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
      expect(new Set(ids).size).toBe(ids.length);
    });
  });
});

test('any card fits a notification', () => {
  fc.assert(
    fc.property(arbitraryCard(), (card) => {
      const words = renderPlain(card, english);
      // The characters without width come on top.
      expect(words.replaceAll('\u2060', '').length).toBeLessThanOrEqual(LIMITS.notification);
      expect(words).not.toMatch(/<[a-z/!?]|&[a-z#]|\{\{/iu);
    }),
  );
});

test('any event has a preview that HTML leaves alone', () => {
  fc.assert(
    fc.property(arbitraryEvent, (event) => {
      const { title, text } = renderPreview(event).content;
      expect(`${title}\n${text}`).not.toMatch(/<[a-z/!?]|&[a-z#]|\{\{/iu);
      expect(title).not.toBe('');
    }),
  );
});
