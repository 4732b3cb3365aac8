import { z } from 'zod';

/** Where the thread of a channel's message stands in a conversation's id. */
const THREAD = ';messageid=';

const id = z.string().min(1).max(2000);
const words = z.string().nullish();
const named = z.looseObject({ id, name: words });

/** An activity as Teams sends it, as far as the bot looks into it (Bot Framework, “Activity object”). */
const schema = z.looseObject({
  type: z.string().min(1).max(100),
  id: id.nullish(),
  name: words,
  action: words,
  serviceUrl: z.url({ protocol: /^https?$/u }).max(2000),
  from: z.looseObject({ id, name: words, aadObjectId: id.nullish(), role: words }),
  recipient: z.looseObject({ id }).nullish(),
  conversation: z.looseObject({ id, name: words, conversationType: words, tenantId: id.nullish() }),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id }).nullish(),
      team: z.looseObject({ id: id.nullish(), name: words }).nullish(),
      channel: named.nullish(),
      eventType: words,
    })
    .nullish(),
  text: z.string().nullish(),
  textFormat: words,
  value: z.unknown().optional(),
  locale: words,
  localTimezone: words,
  replyToId: id.nullish(),
  entities: z.array(z.looseObject({ type: words })).nullish(),
  attachments: z.array(z.looseObject({ contentType: words, name: words })).nullish(),
  membersAdded: z.array(named).nullish(),
  membersRemoved: z.array(named).nullish(),
});

/** An activity that has the shape of one. */
export type Activity = z.infer<typeof schema>;

/** Reads an activity; `null` when it is none. */
export function readActivity(body: unknown): Activity | null {
  const parsed = schema.safeParse(body);
  return parsed.success ? parsed.data : null;
}

/** Where an activity happened and who did it. */
export interface Origin {
  /** The Microsoft 365 tenant; empty when the activity does not say. */
  readonly tenant: string;
  /** The person's id in the tenant's directory, the same for every bot; their id for this bot where there is none. */
  readonly user: string;
  readonly name: string | null;
  /** The conversation, without a thread. */
  readonly conversation: string;
  /** The message that a channel's thread begins with; `null` outside channels. */
  readonly thread: string | null;
  readonly kind: 'channel' | 'group' | 'direct';
  readonly serviceUrl: string;
  readonly zone: string | null;
  readonly language: string | null;
}

export function originOf(activity: Activity): Origin {
  const { from, conversation } = activity;
  const [place = '', thread = null] = conversation.id.split(THREAD);
  const kind = kindOf(conversation.conversationType);
  const client = activity.entities?.find(({ type }) => type === 'clientInfo');
  const told = (own: string | null | undefined, name: string) => own ?? textOf(client?.[name]);
  return {
    tenant: tenantOf(activity),
    user: from.aadObjectId ?? from.id,
    name: from.name ?? null,
    conversation: place,
    // A message that begins a thread names itself in some clients only.
    thread: kind === 'channel' ? (thread ?? (activity.type === 'message' ? (activity.id ?? null) : null)) : null,
    kind,
    serviceUrl: activity.serviceUrl.replace(/\/+$/u, ''),
    zone: told(activity.localTimezone, 'timezone'),
    language: told(activity.locale, 'locale'),
  };
}

/** The tenant that an activity belongs to. */
export function tenantOf({ channelData, conversation }: Activity): string {
  return channelData?.tenant?.id ?? conversation.tenantId ?? '';
}

/** The id of a conversation as the connector takes it. */
export function conversationIdOf(conversation: string, thread: string | null): string {
  return thread === null ? conversation : conversation + THREAD + thread;
}

function kindOf(type: string | null | undefined): Origin['kind'] {
  if (type === 'channel') return 'channel';
  return type === 'groupChat' ? 'group' : 'direct';
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
