import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { ROLES } from '../../src/engine/access.ts';
import { createRegistry } from '../../src/engine/registry.ts';
import { formOf, labelKey } from '../../src/engine/form.ts';
import { english } from '../../src/language/index.ts';
import { choicesOf, house } from '../support/house.ts';

const ORDER = [
  'name',
  'aliases',
  'summary',
  'access',
  'args',
  'examples',
  'nearby',
  'isPreviewed',
  'isEveryday',
  'isHidden',
  'isPersonal',
  'isForConversation',
  'fill',
  'fillFrom',
  'run',
  // Added by `defineQuestion`, after what is written down.
  'isQuestion',
];

describe.each(commands.map((command) => [command.name, command] as const))('%s', (_name, command) => {
  test('declares its parts in the order that every command has', () => {
    expect(Object.keys(command)).toEqual(ORDER.filter((part) => part in command));
  });

  test('says who may run it, and what it is for', () => {
    expect(ROLES).toContain(command.access);
    expect(english.t(command.summary)).not.toBe('');
  });

  test('has a form whose button says what it leads to', () => {
    const [form] = formOf(command, english).elements;
    expect(form).toMatchObject({ submit: command.isPreviewed ? 'Preview' : 'Continue' });
  });

  test('has a label for each argument', () => {
    for (const name of Object.keys(command.args)) {
      expect(english.messages).toHaveProperty([labelKey(english, command.name, name)]);
    }
  });

  test('has examples, and understands each of them', async () => {
    expect(command.examples.length).toBeGreaterThan(0);
    const { say } = await house();
    const previews = [];
    for (const example of command.examples) {
      expect(example.split(' ')[0]).toBe(command.name);
      const reply = await say(example, {
        conversation: { platform: 'console', tenant: '', id: 'C1' },
        files: { 'schedule.json': '{"events":[]}', 'our events.csv': 'handle,title\n', 'calendar.ics': EMPTY_CALENDAR },
      });
      // A change is shown first; what only buttons run finds nothing that is open.
      const isPreview = choicesOf(reply).some(({ run }) => /^answer \S+ drop$/u.test(run));
      previews.push(isPreview);
      const outcome = command.isHidden ? 'refused' : isPreview ? 'asked' : 'answered';
      expect([example, reply.outcome]).toEqual([example, outcome]);
    }
    // Its form says so before it is sent.
    if (!previews.includes(false)) expect(command.isPreviewed).toBe(true);
    if (!command.isPreviewed) expect(previews).toContain(false);
  });
});

const EMPTY_CALENDAR = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\nEND:VCALENDAR\r\n';

test('no two commands answer to the same name', () => {
  const [first] = commands;
  if (!first) throw new Error('there are no commands');
  expect(() => createRegistry([...commands, { ...first, name: 'other' }])).toThrow('two commands answer to');
});
