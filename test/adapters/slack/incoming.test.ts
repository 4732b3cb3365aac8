import { describe, expect, test } from 'vitest';
import { checkPayload, MalformedRequest, messageText, originOf, typedText } from '../../../adapters/slack/incoming.ts';

describe('what somebody typed', () => {
  test.each([
    ['<@U0BOT> next', 'next'],
    ['  <@U0BOT|gcm>   next 3 ', 'next 3'],
    ['next please <@U0BOT>', 'next please'],
    ['find R&amp;D &lt;draft&gt;', 'find R&D <draft>'],
    ['open <https://example.org/a?b=1&amp;c=2>', 'open https://example.org/a?b=1&c=2'],
    ['open <https://example.org|example.org>', 'open example.org'],
    ['<#C01|general> and <#C02>', '#general and #C02'],
    ['<@U01|Delegate> and <@U02>', '@Delegate and @U02'],
    ['<!channel> <!subteam^S01|@staff> <!here>', 'channel @staff here'],
    ['a < b > c', 'a < b > c'],
    ['&amp;lt;', '&lt;'],
  ])('“%s” is “%s”', (text, typed) => {
    expect(typedText(text, 'U0BOT')).toBe(typed);
  });

  test('begins with the bot while nobody knows who that is', () => {
    expect(typedText('<@U0BOT> show <@U01>')).toBe('show @U01');
    expect(typedText('show <@U01>')).toBe('show @U01');
  });

  test.each([
    ['<@U0BOT> role grant <@U01> editor', 'role grant <@U01> editor'],
    ['role grant <@U01|ada> editor', 'role grant <@U01|ada> editor'],
    ['role grant <@U01|Ada Lovelace> editor', 'role grant "<@U01|Ada Lovelace>" editor'],
    ['role grant <!subteam^S01|@editors> editor', 'role grant <!subteam^S01|@editors> editor'],
    ['role grant <!subteam^S01> in <#C01|general>', 'role grant <!subteam^S01> in #general'],
    ['role grant <!channel> editor', 'role grant channel editor'],
  ])('keeps whom it mentions where that matters: “%s”', (text, typed) => {
    expect(typedText(text, 'U0BOT', true)).toBe(typed);
  });
});

describe('a message that somebody wrote to others', () => {
  test.each([
    ['<@U01> and <@U02|Ada> meet', '@U01 and @Ada meet'],
    ['Join <https://example.org/a?b=1&amp;c=2|here>', 'Join here (https://example.org/a?b=1&c=2)'],
    ['See <https://example.org/|example.org>', 'See example.org'],
    ['On <!date^1510149600^{date_num}|8 November 2017> &amp; after', 'On 8 November 2017 & after'],
  ])('“%s” reads “%s”', (text, read) => {
    expect(messageText(text)).toBe(read);
  });
});

describe('where something came from', () => {
  test.each([
    ['a command', { team_id: 'T01', user_id: 'U01' }, 'T01', null],
    ['a command in an organisation', { team_id: 'T01', enterprise_id: 'E01' }, 'T01', 'E01'],
    ['a button', { team: { id: 'T01', enterprise_id: 'E01' }, user: { id: 'U01' } }, 'T01', 'E01'],
    [
      'a button of an organisation',
      { team: null, enterprise: { id: 'E01' }, user: { id: 'U01', team_id: 'T02' } },
      'T02',
      'E01',
    ],
    ['an event of an organisation', { authorizations: [{ team_id: null, enterprise_id: 'E01' }] }, 'E01', 'E01'],
  ])('is said by %s', (_, body, tenant, organisation) => {
    expect(originOf(body)).toEqual({ tenant, organisation });
  });
});

describe('a payload', () => {
  test.each([
    ['nothing', null],
    ['a text', 'next'],
    ['a list', []],
    ['an empty object', {}],
    ['an event without a type', { event: {} }],
    ['an event that is none', { event: null }],
    ['a command of nobody', { command: '/gcm', text: 'next' }],
    ['a command of somebody odd', { command: '/gcm', user_id: '<!channel>', channel_id: 'C01' }],
    ['a button of nobody', { type: 'block_actions', actions: [{}] }],
    ['a press of no button', { type: 'block_actions', user: { id: 'U01' }, actions: [] }],
    ['a form that is none', { type: 'view_submission', user: { id: 'U01' } }],
    [
      'a shortcut of no message',
      { type: 'message_action', user: { id: 'U01' }, trigger_id: '1', channel: { id: 'C01' } },
    ],
    [
      'a shortcut of a message of no time',
      { type: 'message_action', user: { id: 'U01' }, trigger_id: '1', channel: { id: 'C01' }, message: { ts: 'now' } },
    ],
    ['an unknown sort', { type: 'dialog_submission', user: { id: 'U01' } }],
  ])('that is %s is turned away', (_, body) => {
    expect(() => {
      checkPayload(body);
    }).toThrow(MalformedRequest);
  });

  test.each([
    ['a command', { command: '/gcm', text: '', user_id: 'U01', channel_id: 'C01', team_id: 'T01' }],
    ['an event', { event: { type: 'app_mention' }, team_id: 'T01', enterprise_id: null }],
    ['a press of a button', { type: 'block_actions', user: { id: 'U01' }, team: null, actions: [{}] }],
    ['a form', { type: 'view_submission', user: { id: 'U01' }, view: { id: 'V01', state: { values: {} } } }],
    ['a select', { type: 'block_suggestion', user: { id: 'U01' }, value: '' }],
    [
      'a shortcut of a message',
      {
        type: 'message_action',
        user: { id: 'U01' },
        trigger_id: '1',
        channel: { id: 'C01' },
        message: { ts: '1.000001' },
      },
    ],
    ['a shortcut', { type: 'shortcut', user: { id: 'U01' }, team: { id: 'T01' } }],
  ])('that is %s is let in', (_, body) => {
    expect(() => {
      checkPayload(body);
    }).not.toThrow();
  });
});
