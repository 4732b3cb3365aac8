import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { card, text } from '../../src/cards/card.ts';
import { defineQuestion, type AnyCommand } from '../../src/engine/command.ts';
import { house } from '../support/house.ts';

/** A question that counts how often it is really answered, and says with what. */
function counting() {
  const runs: string[] = [];
  const tally = defineQuestion({
    name: 'tally',
    aliases: [],
    summary: 'next.summary',
    access: 'viewer',
    args: {},
    examples: [],
    run({ now, schedule, reader, group }) {
      const said = `${now.toString()} ${reader.role} ${reader.zone} ${group.slug} ${schedule.events.length.toString()}`;
      runs.push(said);
      return card(null, text(said));
    },
  });
  const all: readonly AnyCommand[] = [...commands, tally];
  return { runs, commands: all };
}

describe('a question', () => {
  it('is answered once for all who read alike, and the same within a minute', async () => {
    const { runs, commands } = counting();
    const { say, clock } = await house({ sample: true, commands });
    const first = await say('tally', { role: 'viewer', user: 'ada' });
    clock.set('2017-11-01T08:00:59.999Z');
    expect(await say('tally', { role: 'viewer', user: 'grace' })).toBe(first);
    expect(runs).toEqual(['2017-11-01T08:00:00Z viewer Europe/Zurich gcm 21']);
  });

  it('is answered anew once the minute is over, for the beginning of the minute', async () => {
    const { runs, commands } = counting();
    const { say, clock } = await house({ sample: true, commands });
    clock.set('2017-11-01T08:00:30Z');
    await say('tally', { role: 'viewer' });
    clock.set('2017-11-01T08:01:00Z');
    await say('tally', { role: 'viewer' });
    expect(runs.map((said) => said.split(' ')[0])).toEqual(['2017-11-01T08:00:00Z', '2017-11-01T08:01:00Z']);
  });

  it('is answered anew as soon as the schedule has changed', async () => {
    const { commands, runs } = counting();
    const { say } = await house({ sample: true, commands });
    await say('tally', { role: 'viewer' });
    await say('add "Retreat" 20 November', { role: 'editor', isConfirmed: true });
    await say('tally', { role: 'viewer' });
    expect(runs.map((said) => said.split(' ').at(-1))).toEqual(['21', '22']);
  });

  it('is answered for each role, zone and line by itself', async () => {
    const { commands, runs } = counting();
    const { say } = await house({ sample: true, commands });
    await say('tally', { role: 'viewer' });
    await say('tally', { role: 'editor' });
    await say('tally', { role: 'viewer', zone: 'Africa/Nairobi' });
    await say('tally --as-of 2017-12-05', { role: 'viewer' });
    await say('tally --group gcm', { role: 'viewer' });
    expect(runs).toEqual([
      '2017-11-01T08:00:00Z viewer Europe/Zurich gcm 21',
      '2017-11-01T08:00:00Z editor Europe/Zurich gcm 21',
      '2017-11-01T08:00:00Z viewer Africa/Nairobi gcm 21',
      '2017-12-04T23:00:00Z viewer Europe/Zurich gcm 21',
      '2017-11-01T08:00:00Z viewer Europe/Zurich gcm 21',
    ]);
  });

  it('keeps a draft from those who asked the same a moment after an editor', async () => {
    const { read } = await house({ sample: true });
    await read('add "Retreat" 2 November --draft', { role: 'editor', isConfirmed: true });
    expect(await read('find retreat', { role: 'editor' })).toContain('Retreat');
    expect(await read('find retreat', { role: 'viewer' })).not.toContain('Draft');
  });
});

it('keeps no answer to a command that does more than read the schedule', async () => {
  const { say } = await house({ sample: true });
  expect(await say('zone Nairobi', { user: 'ada' })).not.toBe(await say('zone Nairobi', { user: 'ada' }));
});
