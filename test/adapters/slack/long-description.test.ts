import { describe, expect, test } from 'vitest';
import { personIn } from './person.ts';
import { ADMIN, workspace } from './workspace.ts';

describe('a description that is longer than an input of Slack', () => {
  const paragraph = (letter: string) => `${letter.repeat(40)} `.repeat(48).trim();
  const DESCRIPTION = [paragraph('a'), paragraph('b')].join('\n\n');

  /** The form of an event that has it, in front of an administrator. */
  async function editing() {
    const place = await workspace();
    const { store } = place.house;
    const [group] = await store.groups();
    const { events } = await store.load(group?.id ?? '');
    const event = events.find(({ handle }) => handle === 'unece');
    if (!group || !event) throw new Error('the sample has no such event');
    const after = { ...event, description: DESCRIPTION, version: event.version + 1 };
    const actor = { platform: 'console', tenant: '', user: 'ada', name: 'Ada' };
    const at = '2017-11-01T08:00:00Z';
    await store.commit({
      groupId: group.id,
      actor,
      action: 'edit',
      at,
      writes: [{ type: 'event', before: event, after }],
    });
    const form = await personIn(place, ADMIN).say('edit unece');
    const description = async () =>
      (await store.load(group.id)).events.find(({ handle }) => handle === 'unece')?.description;
    return { form, description };
  }

  test('stands in two, whole', async () => {
    expect(DESCRIPTION.length).toBeGreaterThan(3900);
    const { form } = await editing();
    expect(Object.values(form.fields).filter((value) => value.length > 1000)).toEqual([paragraph('a'), paragraph('b')]);
    expect(form.text).toContain('Description, continued: bbb');
  });

  test('stays as it is when something else is changed', async () => {
    const { form, description } = await editing();
    const preview = await form.send({ organiser: 'Economic Commission for Europe' });
    expect(preview.text).not.toContain('aaaa');
    await preview.press('Publish');
    expect(await description()).toBe(DESCRIPTION);
  });

  test('is changed in either', async () => {
    const { form, description } = await editing();
    const second = Object.keys(form.fields).find((name) => name.startsWith('more:')) ?? '';
    const preview = await form.send({ [second]: 'The end.' });
    await preview.press('Publish');
    expect(await description()).toBe(`${paragraph('a')}\n\nThe end.`);
  });

  test('goes when both are emptied', async () => {
    const { form, description } = await editing();
    const second = Object.keys(form.fields).find((name) => name.startsWith('more:')) ?? '';
    await (await form.send({ about: '', [second]: '' })).press('Publish');
    expect(await description()).toBeNull();
  });
});
