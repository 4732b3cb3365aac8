import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  errorsOf,
  loadingView,
  readMetadata,
  renderForm,
  suggestions,
} from '../../../../adapters/slack/render/form.ts';
import { renderHome } from '../../../../adapters/slack/render/home.ts';
import { renderMessage } from '../../../../adapters/slack/render/message.ts';
import type { Card } from '../../../../src/cards/card.ts';
import { english } from '../../../../src/language/index.ts';
import { arbitraryCard, arbitraryForm, nastyText } from '../../../support/cards.ts';
import { faultsInMessage, faultsInOptions, faultsInView } from './limits-of-slack.ts';

const language = english;
const RUNS = { numRuns: 150 };

describe('no card, however long or odd,', () => {
  test('becomes a message that Slack refuses, or one that says something to Slack itself', () => {
    fc.assert(
      fc.property(arbitraryCard(), (card) => {
        expect(faultsInMessage(renderMessage(card, { language }))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('becomes a Home tab that Slack refuses', () => {
    fc.assert(
      fc.property(fc.array(arbitraryCard(), { maxLength: 8 }), (cards) => {
        expect(faultsInView(renderHome(cards, { language }))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('becomes a modal that Slack refuses', () => {
    const cards = fc.tuple(arbitraryCard(), arbitraryForm, fc.boolean()).map(([card, form, hasForm]): Card => {
      const others = card.elements.filter(({ type }) => type !== 'form');
      return { ...card, elements: hasForm ? [...others, form] : others };
    });
    fc.assert(
      fc.property(cards, nastyText, (card, title) => {
        const view = renderForm(card, { language, context: { channel: 'C01GEN' }, titleOf: () => title });
        expect(faultsInView(view)).toEqual([]);
        expect(faultsInView(loadingView(title, language))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('loses a question of a form, what it carries, or what is wrong with an answer', () => {
    fc.assert(
      fc.property(arbitraryForm, (form) => {
        const carried = { version: '3' };
        const card: Card = { tone: 'normal', title: null, elements: [{ ...form, carried }] };
        const view = renderForm(card, { language });
        const asked = view.blocks.flatMap((block) => (block.type === 'input' ? [block.block_id] : []));
        expect(asked.filter((id) => id.startsWith('field:'))).toEqual(form.fields.map(({ name }) => `field:${name}`));
        expect(readMetadata(view.private_metadata ?? '')).toMatchObject({ command: form.command, carried });
        for (const [block, words] of Object.entries(errorsOf(form))) {
          expect(asked).toContain(block);
          expect(words.trim()).not.toBe('');
        }
      }),
      RUNS,
    );
  });
});

test('no list of suggestions is refused', () => {
  const option = fc.record({ label: nastyText, value: nastyText });
  fc.assert(
    fc.property(fc.array(option, { maxLength: 150 }), (options) => {
      expect(faultsInOptions(suggestions(options).options)).toEqual([]);
    }),
    RUNS,
  );
});
