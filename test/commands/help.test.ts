import { describe, expect, test } from 'vitest';
import type { Action } from '../../src/cards/card.ts';
import { cardText } from '../../src/cards/text.ts';
import type { Reply, Request } from '../../src/engine/dispatch.ts';
import { usageOf } from '../../src/engine/help.ts';
import { english } from '../../src/language/index.ts';
import { house } from '../support/house.ts';

const actionsIn = ({ card }: Reply): readonly Action[] =>
  card.elements.flatMap((element) => (element.type === 'actions' ? element.actions : []));

describe('help', () => {
  test('has a few everyday commands, each explained beside its button, and one button for the rest', async () => {
    const { say } = await house();
    const actions = actionsIn(await say('help', { role: 'editor' }));
    const everyday = actions.slice(0, -1);
    expect(everyday.map(({ run }) => run)).toEqual([
      ...['next', 'list', 'find', 'docs', 'notes', 'feed', 'remind'],
      ...['add', 'move', 'status', 'pending'],
    ]);
    expect(everyday.filter(({ note = '' }) => note === '')).toEqual([]);
    expect(actions.at(-1)).toMatchObject({ label: 'All commands', run: 'help all' });
  });

  test('shows a member what members do', async () => {
    const { say } = await house();
    const reply = await say('help', { role: 'viewer' });
    expect(actionsIn(reply).map(({ run }) => run)).not.toContain('add');
    expect(cardText(reply.card, { language: english })).not.toContain('FOR STAFF');
  });

  test('all: has every command in one line, for everybody and for staff, and no button', async () => {
    const { say, bot } = await house();
    const reply = await say('help all', { role: 'admin' });
    expect(actionsIn(reply)).toEqual([]);
    const text = cardText(reply.card, { language: english });
    expect(text.indexOf('FOR EVERYBODY')).toBeLessThan(text.indexOf('• next — '));
    expect(text.indexOf('FOR STAFF')).toBeLessThan(text.indexOf('• add — '));
    const listed = [...text.matchAll(/^• (\S+) — /gmu)].map(([, name]) => name);
    expect(listed.toSorted()).toEqual(
      bot.registry.all
        .filter(({ isHidden }) => !isHidden)
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  test('names the few words that an option can be', async () => {
    const { bot } = await house();
    const digest = bot.registry.find('digest');
    expect(digest && usageOf(digest, english)).toBe('digest [me] [--empty yes/no] [--into thread/channel] <how often>');
  });
});

describe('what is to be typed', () => {
  const asked = async (line: string, more: Partial<Request> = {}) => {
    const { bot } = await house();
    const actor = { platform: 'slack', tenant: 'T01', user: 'U01', name: 'Ada' };
    const ask = async (own: Partial<Request>) => {
      const { card, language } = await bot.handle({ actor, input: { type: 'line', line }, ...own });
      return cardText(card, { language });
    };
    // The same question from a place without a lead: its answer is kept, and is not the one for this place.
    const plain = await ask({});
    return { plain, led: await ask(more) };
  };

  test.each([
    ['help', 'All commands: help all', 'All commands: /gcm help all'],
    ['help', '(“when is the stocktaking?”', '(“/gcm when is the stocktaking?”'],
    ['help all', '• next — ', '• /gcm next — '],
    ['help next', '• next 3', '• /gcm next 3'],
    ['zone', 'zone Nairobi', '/gcm zone Nairobi'],
    ['when is the stocktaking?', 'Understood as show', 'Understood as /gcm show'],
    ['digest someday', '“digest off” ends it', '“/gcm digest off” ends it'],
    ['wann ist die Sitzung?', '“list December”', '“/gcm list December”'],
  ])('“%s” says “%s” as it is typed where it is read: “%s”', async (line, plain, led) => {
    const answers = await asked(line, { lead: '/gcm ' });
    expect(answers.plain).toContain(plain);
    expect(answers.plain).not.toContain('/gcm');
    expect(answers.led).toContain(led);
  });
});
