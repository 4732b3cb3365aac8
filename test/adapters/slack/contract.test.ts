import { describe } from 'vitest';
import { describeAdapter, type AdapterHarness, type Heard, type Speaker } from '../../contracts/adapter.ts';
import { describeStaff, talkAs, type Talk } from '../../contracts/staff.ts';
import { slowStore, type SlowStore } from '../../support/slow-store.ts';
import { personIn, type Seen } from './person.ts';
import { ADMIN, DELEGATE, DIRECT, workspace, type Workspace } from './workspace.ts';

const USERS: Readonly<Record<Speaker, string>> = { member: DELEGATE, staff: ADMIN };

function heardFrom(seen: Seen): Heard {
  const send = async (answers: Readonly<Record<string, string>>) => heardFrom(await seen.send(answers));
  return {
    words: JSON.stringify(seen.raw),
    buttons: seen.labels.map((label) => ({ label, press: async () => heardFrom(await seen.press(label)) })),
    form: seen.isForm ? { send, sendTwice: (answers) => Promise.all([send(answers), send(answers)]) } : null,
  };
}

/** A workspace as the suite talks to it. */
function harnessOf(place: Workspace, store: SlowStore): AdapterHarness {
  const { slack, until, timer } = place;
  const only = (words: unknown): Heard => ({ words: JSON.stringify(words), buttons: [], form: null });
  return {
    store: place.house.store,
    markup: ['<!channel>', '<at>everyone</at>', '<https://evil.example|our page>', '@here'],
    say: async (line, as = 'member') => heardFrom(await personIn(place, USERS[as]).say(line)),
    async sayTwice(line) {
      const message = { type: 'message', channel_type: 'im', user: DELEGATE, channel: DIRECT, text: line, ts: '9.9' };
      await Promise.all([place.event(message), place.event(message)]);
      await place.adapter.settled();
      return slack.messages.map(only);
    },
    async sayToSlowStore(line) {
      store.hold();
      const asked = place.command(line);
      await until(() => timer.waiting > 0);
      await timer.pass(1000);
      const { body } = await asked;
      store.release();
      const after = await until(() => slack.responses.at(-1));
      return [only(body), only(after.body)];
    },
    breakStore: store.fail,
  };
}

/** An editor in Geneva, in a channel. */
function talkIn(place: Workspace): Talk {
  place.slack.users.set(ADMIN, { id: ADMIN, name: 'Ada', tz: 'Europe/Zurich', locale: 'en-GB' });
  return talkAs(personIn(place, ADMIN));
}

describe('staff in Slack', () => {
  describeStaff(async () => talkIn(await workspace({ bot: { roleOf: () => 'editor' } })));
});

describe('Slack', () => {
  describeAdapter(async (commands) => {
    const store = slowStore();
    return harnessOf(await workspace({ bot: { commands }, between: store.between }), store);
  });
});
