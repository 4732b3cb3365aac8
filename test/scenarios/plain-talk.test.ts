import { describe, expect, test } from 'vitest';
import { house } from '../support/house.ts';

describe('days that are named decide, whatever the command', () => {
  test('“month December” is December, under its own heading', async () => {
    const { read } = await house();
    expect(await read('month december')).toBe(
      'December 2017\n\n4–6 Dec         GCM stocktaking meeting, Puerto Vallarta, Mexico  [stocktaking]',
    );
  });

  test('“what is on next week” lists next week', async () => {
    const { read } = await house();
    expect(await read('what is on next week?')).toBe(
      [
        'Monday 6 to Sunday 12 November 2017',
        'Understood as today next week',
        [
          '6–8 Nov         UNESCAP regional consultation, Bangkok  [unescap]',
          'Mon 6 Nov       UNECE regional consultation, Geneva  [unece]',
        ].join('\n'),
        'POSSIBLY, DAY NOT YET CONFIRMED',
        'week of 6 Nov   Second briefing on the stocktaking meeting (Tentative)  [stocktaking-briefing-2]',
      ].join('\n\n'),
    );
  });

  test('“show December” shows the events of December, not the one whose description speaks of it', async () => {
    const { read } = await house();
    expect(await read('show me december')).toContain('4–6 Dec         GCM stocktaking meeting');
  });

  test('a date is no event to be changed', async () => {
    const { read } = await house();
    expect(await read('cancel december')).toBe('No event here is called “december”.');
  });
});

describe('what people say to a bot', () => {
  test.each([
    ['hello', 'help'],
    ['whats next', 'next'],
    ['anything in Africa?', 'list in Africa'],
    ['anything about policy conundrums?', 'find policy conundrums'],
    ['when exactly is unescap', 'show unescap'],
    ['who can attend the stocktaking meeting?', 'show stocktaking'],
  ])('“%s” means “%s”', async (line, command) => {
    const { read } = await house();
    expect(await read(line)).toContain(`Understood as ${command}`);
  });

  test('“?” asks for help', async () => {
    const { read } = await house();
    expect(await read('?')).toBe(await read('help'));
  });

  test.each(['how many people per delegation', 'wann ist die nächste Sitzung?'])(
    '“%s” is not blamed on its first word',
    async (line) => {
      const { read } = await house();
      expect(await read(line)).toBe(
        'I do not understand that. Ask for example “when is the stocktaking?”, “what is next in Bangkok?” or “list December”.\n\nAll commands: help',
      );
    },
  );
});

test('an address is no place: what was meant as the online link is not published as one', async () => {
  const { read } = await house();
  expect(await read('add "Briefing" 8 Nov 15:00 in Geneva link:https://example.org/join')).toBe(
    '“https://example.org/join” is neither a date nor a place. The online link of an event stands behind “online:”, in “add” and in “edit”.',
  );
});
