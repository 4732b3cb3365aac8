import { describe, expect, test } from 'vitest';
import type { AdaptiveCard } from '../../../adapters/teams/render/shapes.ts';
import { slowStore } from '../../support/slow-store.ts';
import type { Json } from './fake-connector.ts';
import { CLOSED, personIn } from './person.ts';
import { problemsOf } from './render/microsoft.ts';
import { ADMIN, buttonsOf, DELEGATE, inChannel, tenant, TENANT, words } from './tenant.ts';

const MESSAGE: Json = {
  id: '1509523000100',
  createdDateTime: '2017-11-01T08:00:00Z',
  subject: null,
  body: {
    contentType: 'html',
    content:
      '<div><p>Dear colleagues,</p><p><strong>Retreat of the co-facilitators</strong></p>' +
      '<p>20 November 2017 15:00 in Nairobi,&nbsp;with <at id="0">Bea</at> &amp; <at id="1">Carl</at></p></div>',
  },
};
const CHAT = {
  conversation: { id: '19:chat-of-others@thread.v2', conversationType: 'groupChat', tenantId: TENANT },
  localTimezone: 'Europe/Zurich',
};

describe('“Make this an event”', () => {
  test('opens the form for a new event, filled in with what the message says, and saves what comes back', async () => {
    const place = await tenant();
    const ada = personIn(place, ADMIN, CHAT);
    const form = await ada.choose('message', MESSAGE);
    for (const filled of ['20 November 2017 15:00', 'Nairobi', 'with Bea & Carl']) expect(form.text).toContain(filled);
    const preview = await form.send({ title: 'Retreat of the co-facilitators' });
    expect(preview.text).toContain('Monday 20 November 2017, 15:00, Nairobi time');
    expect((await preview.press('Publish')).text).toBe(CLOSED);
    expect(place.connector.messages).toMatchObject([{ conversation: `direct-${ADMIN.aadObjectId}` }]);
    expect(words(place.connector.messages[0]?.card)).toContain('Retreat of the co-facilitators');
    expect(await place.house.read('find retreat')).toContain('Nairobi');
  });

  test('reads “tomorrow” from the day on which the message was written', async () => {
    const place = await tenant();
    const written = { ...MESSAGE, createdDateTime: '2017-10-31T10:00:00Z' };
    const body = { contentType: 'text', content: 'Retreat\ntomorrow 15:00' };
    const form = await personIn(place, ADMIN, CHAT).choose('message', { ...written, body });
    expect(form.text).toContain('Wednesday 1 November 2017, 15:00');
  });

  test('is not for everybody: who has the right is said', async () => {
    const place = await tenant({
      bot: { firstAdmins: [{ platform: 'teams', tenant: TENANT, user: ADMIN.aadObjectId }] },
    });
    const dialog = await personIn(place, DELEGATE, CHAT).choose('message', MESSAGE);
    expect(dialog.text).toContain('“add” is for editors of this group.');
    expect(dialog.text).toContain(ADMIN.aadObjectId);
    expect(dialog.fields).toEqual([]);
  });

  test('keeps nothing of a conversation that the bot is not part of', async () => {
    const place = await tenant();
    await personIn(place, ADMIN, CHAT).choose('message', MESSAGE);
    await place.teams.settled();
    const key = { platform: 'teams', tenant: TENANT, id: CHAT.conversation.id };
    expect(await place.house.store.conversation(key)).toBeNull();
    expect(place.connector.calls).toEqual([]);
  });

  test.each([[{}], [{ body: null }], [{ body: { contentType: 'html', content: '<p' } }], [{ body: { content: 7 } }]])(
    'of a message that says nothing, %j, opens an empty form or a sentence',
    async (payload) => {
      const place = await tenant();
      const answered = await place.invoke(
        'composeExtension/fetchTask',
        { commandId: 'message', messagePayload: payload },
        { from: ADMIN },
      );
      expect(answered.status).toBe(200);
      expect(words(answered.body)).toMatch(/"type":"(?:continue|message)"/u);
    },
  );
});

describe('a form in a dialog', () => {
  test('is opened beside the box where messages are written', async () => {
    const form = await personIn(await tenant(), ADMIN, CHAT).choose('add');
    expect(form.fields).toEqual(expect.arrayContaining(['title', 'when', 'place']));
  });

  test('is what Microsoft’s schema asks for, with nothing that only a card in a conversation can do', async () => {
    const form = await personIn(await tenant(), ADMIN).choose('add');
    expect(problemsOf(form.raw as AdaptiveCard)).toEqual([]);
    expect(words(form.raw)).not.toContain('Action.Execute');
    const preview = await form.send({ title: 'Briefing on the stocktaking meeting', when: '8 November' });
    expect(problemsOf(preview.raw as AdaptiveCard)).toEqual([]);
    expect(words(preview.raw)).not.toContain('Action.Execute');
    // The events that are like it are there to be seen, not to be opened in the place of the question.
    expect(preview.text).toContain('Second briefing on the stocktaking meeting');
    expect(preview.labels).toEqual(['Publish', 'Change', 'Drop']);
  });

  test('with a mistake comes back with what was typed', async () => {
    const form = await personIn(await tenant(), ADMIN).choose('add');
    const wrong = await form.send({ title: 'Retreat', when: 'the day after never', place: 'Nairobi' });
    expect(wrong.text).toContain('Not yet right');
    for (const typed of ['Retreat', 'the day after never', 'Nairobi']) expect(wrong.text).toContain(typed);
    expect((await wrong.send({ when: '20 November' })).text).toContain('Monday 20 November 2017');
  });

  test('leads back from the preview to the form', async () => {
    const form = await personIn(await tenant(), ADMIN).choose('add');
    const preview = await form.send({ title: 'Retreat', when: '20 November' });
    const again = await preview.press('Change');
    expect(again.fields).toEqual(form.fields);
    expect(again.text).toContain('Retreat');
  });

  test('that is sent twice acts once', async () => {
    const place = await tenant();
    const form = await personIn(place, ADMIN).choose('add');
    const answers = { title: 'Retreat', when: '20 November' };
    const [one, other] = await Promise.all([form.send(answers), form.send(answers)]);
    expect(one?.labels).toEqual(other?.labels);
    const closed = await Promise.all([one?.press('Publish'), other?.press('Publish')]);
    expect(closed.map((seen) => seen?.text)).toEqual([CLOSED, CLOSED]);
    expect(await place.house.read('find retreat')).toContain('1 event');
  });

  test('keeps what was typed when the store fails', async () => {
    const { between, fail, mend } = slowStore();
    const form = await personIn(await tenant({ between }), ADMIN).choose('add');
    fail();
    const failed = await form.send({ title: 'Retreat', when: '20 November' });
    expect(failed.text).toContain('cannot get at the schedule');
    mend();
    expect((await failed.send({})).text).toContain('Monday 20 November 2017');
  });

  test('shows the result where no personal chat can be opened', async () => {
    const place = await tenant();
    const preview = await (await personIn(place, ADMIN).choose('add')).send({ title: 'Retreat', when: '20 November' });
    place.connector.trouble({ status: 403, code: 'BotNotInConversationRoster' });
    const done = await preview.press('Publish');
    expect(done.text).toContain('Retreat');
    expect(place.connector.messages).toEqual([]);
  });

  test('that takes its time is answered in time, and then in the personal chat', async () => {
    const { between, hold, release } = slowStore();
    const place = await tenant({ between });
    const form = await personIn(place, ADMIN).choose('add');
    hold();
    const sent = form.send({ title: 'Retreat', when: '20 November' });
    await place.until(() => place.timer.waiting > 0);
    await place.timer.pass(4000);
    expect((await sent).text).toBe('This takes longer. The answer follows in our personal chat.');
    release();
    const message = await place.until(() => place.connector.messages[0]);
    expect(words(message.card)).toContain('Publish');
  });
});

describe('what is for one person in a channel', () => {
  test('can be filled in there, unseen by the others', async () => {
    const place = await tenant();
    await place.mention('add', { from: ADMIN });
    const [direct, note] = place.connector.messages;
    expect(direct?.conversation).toBe(`direct-${ADMIN.aadObjectId}`);
    const [button] = buttonsIn(note?.card);
    expect(button).toEqual({ run: 'add', msteams: { type: 'task/fetch' } });
    const dialog = await personIn(place, ADMIN, inChannel('1')).open(button ?? {});
    expect((await dialog.send({ title: 'Retreat', when: '20 November' })).labels).toContain('Publish');
    const other = await personIn(place, DELEGATE, inChannel('1')).open(button ?? {});
    expect(other.text).toContain('is for editors');
  });

  test('is answered in the personal chat when a client without dialogs sends the button as a message', async () => {
    const place = await tenant();
    const value = { run: 'add', msteams: { type: 'task/fetch' } };
    await place.send({ text: '', value, from: ADMIN, ...inChannel('1') });
    const [direct, note] = place.connector.messages;
    expect(direct?.conversation).toBe(`direct-${ADMIN.aadObjectId}`);
    expect(buttonsOf(direct?.card).at(-1)).toMatchObject({ command: 'add' });
    expect(words(note?.card)).toContain('I have answered in our personal chat');
  });
});

describe('a dialog of long ago', () => {
  test.each(['task/fetch', 'task/submit', 'composeExtension/fetchTask', 'composeExtension/submitAction'])(
    '%s without anything known in it is answered with a sentence',
    async (name) => {
      const { invoke, house } = await tenant();
      for (const value of [{}, { data: null }, { data: { run: 7 }, commandId: 'gone' }]) {
        const { status, body } = await invoke(name, value, { from: ADMIN });
        expect(status).toBe(200);
        expect(body).toMatchObject({ task: { type: 'message', value: expect.stringContaining('too old') as string } });
      }
      expect(await house.store.groups()).toMatchObject([{ revision: 1 }]);
    },
  );
});

/** The data of the buttons that only a client with dialogs makes something of. */
function buttonsIn(card: unknown): readonly Json[] {
  const { actions = [] } = (card ?? {}) as { readonly actions?: readonly { readonly data: Json }[] };
  return actions.map(({ data }) => data);
}
