import { action, card, choice, offer, text, type Card } from '../src/cards/card.ts';
import { mayAct } from '../src/engine/access.ts';
import { refused, type Answer } from '../src/engine/answer.ts';
import { asWord, optional } from '../src/engine/argument.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import { handle } from '../src/engine/event-arguments.ts';
import type { Conversation } from '../src/ports.ts';
import { OFFERED_LEAD_TIMES } from '../src/reminders/lead-argument.ts';

export const link = defineCommand({
  name: 'link',
  aliases: [],
  summary: 'link.summary',
  access: 'editor',
  args: { slug: optional(asWord(handle())) },
  examples: ['link gcm'],
  async run(context, { slug }) {
    const { language, groups, roleIn } = context;
    const conversation = await here(context);
    if ('outcome' in conversation) return conversation;
    if (slug === null) {
      return card(
        language.t('link.title'),
        text(language.t('link.which')),
        choice(...groups.map((each) => action(each.name, `link ${each.slug}`))),
      );
    }
    const group = groups.find((each) => each.slug === slug);
    if (!group)
      return refused(language.t('error.no-such-group', { slug, groups: groups.map((each) => each.slug).join(', ') }));
    if (!mayAct(await roleIn(group), 'editor')) {
      return refused(language.t('error.denied', { command: 'link', role: language.t('role.editor') }));
    }
    await context.store.saveConversation({ ...conversation, groupId: group.id });
    const { platform, tenant, id } = conversation;
    const target = { kind: 'conversation', platform, tenant, id, thread: null } as const;
    const told = (await context.store.subscriptions.for(target)).some(({ groupId }) => groupId === group.id);
    const ways = [action(language.t('link.undo'), 'unlink'), action(language.t('help.try-next'), 'next')];
    // What a channel is linked for, most of the time; where it could not post, it would be for the person.
    const isOffered = !told && conversation.kind !== 'direct' && conversation.disconnected === null;
    if (isOffered)
      ways.unshift(action(language.t('reminders.offer'), `remind ${OFFERED_LEAD_TIMES.join(', ')}`, 'primary'));
    return done(card(null, text(language.t('link.done', { name: group.name })), ...offer(...ways)));
  },
});

export const unlink = defineCommand({
  name: 'unlink',
  aliases: [],
  summary: 'unlink.summary',
  access: 'editor',
  args: {},
  examples: ['unlink'],
  async run(context) {
    const { language, groups, store } = context;
    const conversation = await here(context);
    if ('outcome' in conversation) return conversation;
    const group = groups.find(({ id }) => id === conversation.groupId);
    if (!group) return card(null, text(language.t('unlink.nothing')));
    await store.saveConversation({ ...conversation, groupId: null });
    const back = offer(action(language.t('unlink.undo'), `link ${group.slug}`));
    return done(card(null, text(language.t('unlink.done', { name: group.name })), ...back));
  },
});

/** The conversation that this is said in, as the store knows it. */
async function here({ conversation, store, language }: Context): Promise<Conversation | Answer> {
  if (conversation === null) return refused(language.t('link.nowhere'));
  const known = await store.conversation(conversation);
  return known ?? { ...conversation, kind: 'channel', name: null, serviceUrl: null, groupId: null, disconnected: null };
}

function done(shown: Card): Card {
  return { ...shown, tone: 'success' };
}
