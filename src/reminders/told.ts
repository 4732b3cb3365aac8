import { mayAct } from '../engine/access.ts';
import type { Card } from '../cards/card.ts';
import { answerOf, refused, type Answer } from '../engine/answer.ts';
import type { Context } from '../engine/command.ts';
import { commandLine } from '../engine/parse.ts';
import type { Conversation } from '../ports.ts';
import type { Subscription, Target } from './subscription.ts';

/** Whom something said in a conversation is about, and what they are told already. */
export interface Told {
  readonly target: Target;
  /** The channel's name, where it has one; `null` for a person. */
  readonly channel: string | null;
  /** The thread of the channel in which it is said; `null`: in none. */
  readonly thread: string | null;
  /** What they are told of the group as a whole; `null`: nothing. */
  readonly main: Subscription | null;
  /** What they are told of single events. */
  readonly singles: readonly Subscription[];
}

/** What is asked: for whom, and whether something is to be changed or only shown. */
interface Asks {
  /** They say that it is for themselves, wherever they say it. */
  readonly isForMe: boolean;
  readonly isChange: boolean;
}

/**
 * Answers about what somebody is told. They mean the channel that they are in; or themselves, when they say so, in a
 * direct message, at the terminal, and where the bot is no member and could not post. What a channel is told is for
 * editors to change; what a person is told is not shown to the channel.
 */
export async function answerTold(
  context: Context,
  asks: Asks,
  answer: (told: Told) => Card | Answer | Promise<Card | Answer>,
): Promise<Answer> {
  const told = await toldHere(context, asks);
  if ('outcome' in told) return told;
  const given = await answer(told);
  const answered = 'outcome' in given ? given : answerOf(given);
  return told.channel === null ? { ...answered, isPersonal: true } : answered;
}

/**
 * Whom a form that is opened here is about: the channel, for those who may change what it is told; others themselves,
 * which the line then has to say.
 */
export async function toldByForm(context: Context): Promise<Told & { readonly isElsewhere: boolean }> {
  const channel = await channelHere(context);
  const isElsewhere = channel !== null && !mayAct(context.reader.role, 'editor');
  return { ...(await toldIn(isElsewhere ? null : channel, context)), isElsewhere };
}

async function toldHere(context: Context, { isForMe, isChange }: Asks): Promise<Told | Answer> {
  const { language, reader } = context;
  const channel = isForMe ? null : await channelHere(context);
  if (channel !== null && isChange && !mayAct(reader.role, 'editor')) {
    const command = context.commands.find(context.commandName);
    const line = command ? commandLine(command, context.given) : context.commandName;
    return refused(
      language.t('told.staff', { command: line.replace(context.commandName, `${context.commandName} me`) }),
    );
  }
  return toldIn(channel, context);
}

/** The channel that something is said in, where the bot could post; `null`: there is none. */
async function channelHere({ conversation, store }: Context): Promise<Conversation | null> {
  const known = conversation && (await store.conversation(conversation));
  return known !== null && known.kind !== 'direct' && known.disconnected === null ? known : null;
}

async function toldIn(channel: Conversation | null, { reader, conversation, store, group }: Context): Promise<Told> {
  const { platform, tenant, user } = reader.actor;
  const target: Target = channel
    ? { kind: 'conversation', platform: channel.platform, tenant: channel.tenant, id: channel.id, thread: null }
    : { kind: 'person', platform, tenant, id: user };
  const own = (await store.subscriptions.for(target)).filter(({ groupId }) => groupId === group.id);
  return {
    target,
    channel: channel && (channel.name ?? channel.id),
    thread: channel && (conversation?.thread ?? null),
    main: own.find(({ only }) => only === null) ?? null,
    singles: own.filter(({ only }) => only !== null),
  };
}

/** All of it. */
export function subscriptionsOf({ main, singles }: Told): readonly Subscription[] {
  return main === null ? singles : [main, ...singles];
}
