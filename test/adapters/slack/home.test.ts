import { describe, expect, test } from 'vitest';
import type { Json } from './fake-slack.ts';
import { heldStore } from '../../support/slow-store.ts';
import { personIn } from './person.ts';
import { ADMIN, CHANNEL, DELEGATE, TEAM, workspace, type Workspace } from './workspace.ts';

/** Opens the Home tab, and answers what is on it. */
async function homeOf(place: Workspace, user: string): Promise<Json> {
  place.slack.homes.delete(user);
  await place.event({ type: 'app_home_opened', user, channel: 'D01', tab: 'home', event_ts: '1.1' });
  return place.until(() => place.slack.homes.get(user));
}

const blocksOf = (home: Json) => home.blocks as readonly Json[];
const titlesIn = (home: Json) =>
  blocksOf(home).flatMap(({ type, text }) => (type === 'header' ? [(text as { text: string }).text] : []));
const buttonIn = (view: Json, label: string): Json => {
  const buttons = blocksOf(view).flatMap(({ elements, accessory }) => [
    ...((elements as readonly Json[] | undefined) ?? []),
    ...(accessory === undefined ? [] : [accessory as Json]),
  ]);
  const found = buttons.find(({ text }) => (text as { text: string } | undefined)?.text === label);
  if (!found) throw new Error(`there is no “${label}”`);
  return found;
};
const press = (place: Workspace, user: string, view: Json, action: Json) =>
  place.interact({
    type: 'block_actions',
    user: { id: user },
    view,
    container: { type: 'view' },
    trigger_id: place.slack.trigger(),
    actions: [{ ...action, action_ts: `${place.slack.calls.length}.1` }],
  });

/** A reminder that should have gone out half an hour ago. */
async function forgetReminder({ house: { store, clock } }: Workspace): Promise<void> {
  const [group] = await store.groups();
  const now = clock.now().epochMilliseconds;
  const sendAt = now - 30 * 60_000;
  const target = { kind: 'conversation', platform: 'slack', tenant: TEAM, id: CHANNEL, thread: null } as const;
  const nothing = { subscriptionId: null, eventUid: null, uselessFrom: null, skipped: null, payload: {} };
  const delivery = {
    ...nothing,
    key: 'k',
    kind: 'digest',
    groupId: group?.id ?? '',
    target,
    plannedFor: sendAt,
    sendAt,
  };
  await store.ledger.add([delivery], now);
}

describe('the Home tab', () => {
  test('shows what comes next, how the person reads times, and what they are told', async () => {
    const place = await workspace();
    const home = await homeOf(place, DELEGATE);
    expect(titlesIn(home)).toEqual(['Consultations', 'Your times', 'Your reminders']);
    expect(JSON.stringify(home)).toContain('UNESCAP');
    expect(JSON.stringify(home)).toContain('Europe/Zurich');
  });

  test('is the same for staff whom nothing awaits', async () => {
    const place = await workspace();
    expect(titlesIn(await homeOf(place, ADMIN))).toEqual(['Consultations', 'Your times', 'Your reminders']);
  });

  test('begins for staff with what awaits them', async () => {
    const place = await workspace();
    await forgetReminder(place);
    await personIn(place, ADMIN).say('move unece to 7 November');
    const home = await homeOf(place, ADMIN);
    expect(titlesIn(home).slice(0, 2)).toEqual(['Waiting for you to decide', 'Not sent']);
    expect(JSON.stringify(home)).toContain('Move “UNECE regional consultation”');
    expect(JSON.stringify(home)).toContain('Overview. To C01');
  });

  test('keeps from others what awaits staff', async () => {
    const place = await workspace();
    await forgetReminder(place);
    await personIn(place, ADMIN).say('move unece to 7 November');
    expect(titlesIn(await homeOf(place, DELEGATE))[0]).toBe('Consultations');
  });

  test('lets staff decide there, and shows afterwards what is left', async () => {
    const place = await workspace();
    await personIn(place, ADMIN).say('move unece to 7 November');
    const home = await homeOf(place, ADMIN);
    await press(place, ADMIN, { id: 'V00', type: 'home' }, buttonIn(home, 'Show it again'));
    const [id, preview] = await place.until(() => [...place.slack.views].at(-1));
    await press(place, ADMIN, { ...preview, id }, buttonIn(preview, 'Publish'));
    await place.until(() => titlesIn(place.slack.homes.get(ADMIN) ?? home)[0] === 'Consultations');
    expect(await place.house.read('show unece')).toContain('Tuesday 7 November 2017');
  });

  test('is filled anew when a form that was opened from it is sent', async () => {
    const place = await workspace();
    await personIn(place, ADMIN).say('move unece to 7 November');
    const home = await homeOf(place, ADMIN);
    await press(place, ADMIN, { id: 'V00', type: 'home' }, buttonIn(home, 'Show it again'));
    const [id, preview] = await place.until(() => [...place.slack.views].at(-1));
    await press(place, ADMIN, { ...preview, id }, buttonIn(preview, 'Change'));
    const form = await place.until(() => {
      const view = place.slack.views.get(id);
      return view?.callback_id === 'form' && view;
    });
    const before = place.slack.callsOf('views.publish').length;
    const to = { answer: { type: 'plain_text_input', value: '8 November' } };
    const event = { event: { type: 'external_select', selected_option: { value: 'unece' } } };
    const values = { 'field:event': event, 'field:to': to };
    await place.interact({ type: 'view_submission', user: { id: ADMIN }, view: { ...form, id, state: { values } } });
    await place.until(() => place.slack.callsOf('views.publish').length > before);
    await place.adapter.settled();
    expect(JSON.stringify(place.slack.homes.get(ADMIN))).toContain('Move “UNECE regional consultation”');
  });

  test('says in one sentence that the store fails', async () => {
    const { between, release, fail } = heldStore();
    release();
    const place = await workspace({ between });
    fail();
    const home = await homeOf(place, ADMIN);
    expect(blocksOf(home)).toHaveLength(1);
    expect(JSON.stringify(home)).toContain('cannot get at the schedule');
  });

  test('is not filled when it is the messages that were opened', async () => {
    const place = await workspace();
    await place.event({ type: 'app_home_opened', user: DELEGATE, channel: 'D01', tab: 'messages', event_ts: '1.1' });
    await place.adapter.settled();
    expect(place.slack.homes.size).toBe(0);
  });

  test('that Slack does not take is in the log', async () => {
    const place = await workspace();
    place.slack.trouble('views.publish', { error: 'not_enabled' });
    await place.event({ type: 'app_home_opened', user: DELEGATE, channel: 'D01', tab: 'home', event_ts: '1.1' });
    await place.until(() => place.logged.some((line) => line.includes('a Home tab could not be published')));
  });
});
