import { describe, expect, test } from 'vitest';
import { createPace } from '../../../adapters/slack/pace.ts';
import { card, text } from '../../../src/cards/card.ts';
import { english } from '../../../src/language/index.ts';
import { clockAt } from '../../support/clock.ts';
import { timerOn } from '../../support/timer.ts';
import { CHANNEL, TEAM, workspace } from './workspace.ts';

const START = '2017-11-01T08:00:00Z';

function pacing() {
  const clock = clockAt(START);
  const timer = timerOn(clock);
  const pace = createPace(timer);
  const sent: string[] = [];
  const since = () => clock.now().epochMilliseconds - Date.parse(START);
  return {
    pace,
    timer,
    sent,
    send(tenant: string, channel: string) {
      void pace.turn(tenant, channel).then((wait) => {
        sent.push(wait === 0 ? `${channel} ${since()}` : `${channel} refused, ${wait}`);
      });
    },
  };
}

describe('the pace', () => {
  test('lets one message a second into a channel', async () => {
    const { send, timer, sent } = pacing();
    send('T01', 'C01');
    send('T01', 'C01');
    send('T01', 'C01');
    await timer.pass(0);
    expect(sent).toEqual(['C01 0']);
    await timer.pass(5000);
    expect(sent).toEqual(['C01 0', 'C01 1000', 'C01 2000']);
  });

  test('keeps no channel waiting for another', async () => {
    const { send, timer, sent } = pacing();
    send('T01', 'C01');
    send('T01', 'C02');
    send('T02', 'C01');
    await timer.pass(0);
    expect(sent).toEqual(['C01 0', 'C02 0', 'C01 0']);
  });

  test('lets a few at once into a workspace, and then five a second', async () => {
    const { send, timer, sent } = pacing();
    for (let channel = 0; channel < 13; channel += 1) send('T01', `C${channel}`);
    await timer.pass(10_000);
    expect(sent.slice(9)).toEqual(['C9 0', 'C10 0', 'C11 200', 'C12 400']);
  });

  test('sends away who would wait too long, and gives them no place', async () => {
    const { send, timer, sent, pace } = pacing();
    pace.hold('T01', 'C01', 30_000);
    send('T01', 'C01');
    await timer.pass(0);
    expect(sent).toEqual(['C01 refused, 30000']);
    await timer.pass(30_000);
    send('T01', 'C01');
    await timer.pass(0);
    expect(sent.at(-1)).toBe('C01 30000');
  });

  test('holds a channel as long as Slack asked for, and no other', async () => {
    const { send, timer, sent, pace } = pacing();
    pace.hold('T01', 'C01', 3000);
    send('T01', 'C01');
    send('T01', 'C02');
    await timer.pass(10_000);
    expect(sent).toEqual(['C02 0', 'C01 3000']);
  });
});

describe('whoever sets the clock of the machine', () => {
  async function sending() {
    const timer = timerOn(clockAt(START));
    const { adapter, house } = await workspace({ timer, bot: { sample: false } });
    const to = { platform: 'slack', tenant: TEAM, id: CHANNEL, thread: null };
    const about = { language: english, deliveryId: null };
    return { timer, clock: house.clock, post: () => adapter.messenger.post(to, card(null, text('Moved.')), about) };
  }

  test('an hour back does not stop what is to be sent', async () => {
    const { post, timer, clock } = await sending();
    await post();
    clock.set('2017-11-01T07:00:00Z');
    const second = post();
    await timer.pass(1000);
    expect(await second).toMatchObject({ outcome: 'sent' });
  });

  test('an hour ahead makes nothing go faster than Slack takes it', async () => {
    const { post, timer, clock } = await sending();
    await post();
    clock.set('2017-11-01T09:00:00Z');
    const second = post().then(() => timer.elapsed());
    await timer.pass(1000);
    expect(await second).toBe(1000);
    const third = post().then(() => timer.elapsed());
    clock.set('2017-11-01T10:00:00Z');
    const fourth = post().then(() => timer.elapsed());
    await timer.pass(1000);
    expect(await third).toBe(2000);
    await timer.pass(1000);
    expect(await fourth).toBe(3000);
  });
});
