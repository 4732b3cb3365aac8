import { expect, test } from 'vitest';
import { cardText } from '../../src/cards/text.ts';
import { failureAnswer } from '../../src/engine/failure-reply.ts';
import { BotError } from '../../src/errors.ts';
import { english as language } from '../../src/language/index.ts';
import { keptLog } from '../support/kept-log.ts';

const UNREACHABLE = new BotError('store-unreachable', { host: 'db-7.internal', reason: 'refused' });

/** What a person reads of an error, and what the log has. */
function told(error: unknown, isOperator?: boolean) {
  const { log, logged } = keptLog();
  const identity = { uid: () => 'uid', secret: () => 'secret', reference: () => '7F3A' };
  const { card, outcome } = failureAnswer({ log, language, identity }, error, isOperator);
  return { outcome, words: cardText(card, { language }), logged };
}

test('what fails in the store is said to members without the names of its servers', () => {
  const { outcome, words, logged } = told(UNREACHABLE);
  expect(outcome).toBe('failed');
  expect(words).toBe('I cannot get at the schedule at the moment (reference 7F3A). Please try again in a few minutes.');
  expect(logged).toEqual([expect.stringMatching(/db-7\.internal.*"reference":"7F3A"/u)]);
});

test('whoever runs the bot is told what the matter is', () => {
  expect(told(UNREACHABLE, true).words).toMatch(/^PostgreSQL at db-7\.internal cannot be reached \(refused\)/u);
});

test('an error of ours has a reference that is in the log, whoever asked', () => {
  for (const isOperator of [false, true]) {
    const { outcome, words, logged } = told(new TypeError('x is not a function'), isOperator);
    expect(outcome).toBe('failed');
    expect(words).toContain('7F3A');
    expect(words).not.toContain('function');
    expect(logged).toEqual([expect.stringMatching(/x is not a function.*"reference":"7F3A"/u)]);
  }
});

test('what the person has to do something about is no failure, and nothing for the log', () => {
  const { outcome, words, logged } = told(new BotError('conflict', { handle: 'stocktaking' }));
  expect(outcome).toBe('refused');
  expect(words).toContain('“stocktaking”');
  expect(logged).toEqual([]);
});
