import { describe } from 'vitest';
import { describeAdapter, type AdapterHarness, type Heard, type Speaker } from '../../contracts/adapter.ts';
import { describeStaff, talkAs, type Talk } from '../../contracts/staff.ts';
import { slowStore, type SlowStore } from '../../support/slow-store.ts';
import type { Json } from './fake-connector.ts';
import { personIn, type Seen } from './person.ts';
import { ADMIN, DELEGATE, tenant, words, type Tenant } from './tenant.ts';

const SPEAKERS: Readonly<Record<Speaker, typeof DELEGATE>> = { member: DELEGATE, staff: ADMIN };

function heardFrom(seen: Seen): Heard {
  const send = async (answers: Readonly<Record<string, string>>) => heardFrom(await seen.send(answers));
  return {
    words: words(seen.raw),
    buttons: seen.labels.map((label) => ({ label, press: async () => heardFrom(await seen.press(label)) })),
    form:
      seen.fields.length === 0 ? null : { send, sendTwice: (answers) => Promise.all([send(answers), send(answers)]) },
  };
}

/** A tenant as the suite talks to it, in personal chats. */
function harnessOf(place: Tenant, store: SlowStore): AdapterHarness {
  const people = { member: personIn(place, SPEAKERS.member), staff: personIn(place, SPEAKERS.staff) };
  return {
    store: place.house.store,
    markup: ['<at>everyone</at>', '{{DATE(2017-11-01T08:00:00Z)}}', '[our page](https://evil.example)'],
    say: async (line, as = 'member') => heardFrom(await people[as].say(line)),
    async sayTwice(line) {
      const id = 'the same activity';
      await Promise.all([people.member.say(line, { id }), people.member.say(line, { id })]);
      await place.teams.settled();
      return people.member.messages().map(heardFrom);
    },
    async sayToSlowStore(line) {
      store.hold();
      const answered = people.member.say(line);
      await place.until(() => place.timer.waiting > 0);
      await place.timer.pass(1500);
      const typing = await place.until(() => place.connector.calls.find(isTyping));
      store.release();
      return [{ words: words(typing.body), buttons: [], form: null }, heardFrom(await answered)];
    },
    breakStore: store.fail,
  };
}

function isTyping({ body }: { readonly body: Json }): boolean {
  return body.type === 'typing';
}

/** An editor in Geneva, in their personal chat. */
function talkIn(place: Tenant): Talk {
  return talkAs(personIn(place, ADMIN, { localTimezone: 'Europe/Zurich' }));
}

describe('Teams', () => {
  describeAdapter(async (commands) => {
    const store = slowStore();
    return harnessOf(await tenant({ bot: { commands }, between: store.between }), store);
  });
});

describe('staff in Teams', () => {
  describeStaff(async () => talkIn(await tenant({ bot: { roleOf: () => 'editor' } })));
});
