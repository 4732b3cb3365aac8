import { z } from 'zod';
import { isZone } from '../dates/zones.ts';
import { filterSchema } from '../schedule/filter-schema.ts';
import { LIMITS } from '../schedule/limits.ts';
import { compareLeadTimes, leadTimeText, readLeadTime, type LeadTime } from './lead-time.ts';

/** Whom something is sent to: a conversation, or a person by direct message. */
export type Target =
  | {
      readonly kind: 'conversation';
      readonly platform: string;
      readonly tenant: string;
      readonly id: string;
      /** The message whose thread it goes into; `null`: the conversation itself. */
      readonly thread: string | null;
    }
  | { readonly kind: 'person'; readonly platform: string; readonly tenant: string; readonly id: string };

/** How much one subscription may hold. */
export const SUBSCRIPTION_LIMITS = { leadTimes: 10, mutes: 1000, only: 100, filter: 500 } as const;

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u);

const leadTime = z.string().transform((text, context): LeadTime => {
  const lead = readLeadTime(text);
  if (lead) return lead;
  context.addIssue({ code: 'custom', message: 'lead-time' });
  return z.NEVER;
});

const filter = filterSchema.refine(({ typed }) => typed.length <= SUBSCRIPTION_LIMITS.filter);

const digestRule = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('day'), at: clock }),
  /** `weekday`: 1 for Monday to 7 for Sunday. */
  z.strictObject({ every: z.literal('week'), weekday: z.int().min(1).max(7), at: clock }),
  /** `day`: of the month; the last one in months that are shorter. */
  z.strictObject({ every: z.literal('month'), day: z.int().min(1).max(31), at: clock }),
]);

/** How often, and at what time by the clock of whoever is told, a digest is due. */
export type DigestRule = z.infer<typeof digestRule>;

/**
 * What somebody asked to be told. Lead times are stored as people write them (`7d`, `1h`), each once, the longest
 * first. The filter is kept as it was understood, together with its text: see `filterAt`.
 */
export const rulesSchema = z.strictObject({
  leadTimes: z
    .array(leadTime)
    .max(SUBSCRIPTION_LIMITS.leadTimes)
    .transform((leads) => {
      const distinct = new Map(leads.map((lead) => [leadTimeText(lead), lead]));
      return [...distinct.values()].sort((a, b) => compareLeadTimes(b, a));
    }),
  filter,
  /** UIDs of the events it is about; `null`: all that pass the filter. */
  only: z.array(z.string().max(LIMITS.uid)).max(SUBSCRIPTION_LIMITS.only).nullable(),
  /** The local time at which events without a time are announced. */
  announceAt: clock,
  quiet: z.strictObject({
    hours: z
      .strictObject({ from: clock, to: clock })
      .refine(({ from, to }) => from !== to)
      .nullable(),
    weekends: z.boolean(),
  }),
  digest: digestRule.nullable(),
  /** Whether a digest is posted when it has nothing to say. */
  emptyDigests: z.boolean(),
  /** Whether changes are told when they happen. */
  changes: z.boolean(),
  /** UIDs of events of which nothing is to be told. */
  mutes: z.array(z.string().max(LIMITS.uid)).max(SUBSCRIPTION_LIMITS.mutes),
  /** IANA zone whose clock counts, and in which times are read. */
  zone: z.string().refine(isZone),
  /** BCP 47 tag. */
  language: z.string().min(2).max(LIMITS.language),
});

/** See {@link rulesSchema}. */
export type Rules = z.infer<typeof rulesSchema>;

/** Who is told what. */
export interface Subscription extends Rules {
  readonly id: string;
  readonly groupId: string;
  readonly target: Target;
  /** The instant from which on it counts, ISO 8601 in UTC: of its making, or of the last change of its rules. */
  readonly since: string;
}

/** The rules in the form in which they are stored, which {@link rulesSchema} reads again. */
export function storedRules(rules: Rules): z.input<typeof rulesSchema> {
  const {
    leadTimes,
    filter: understood,
    only,
    announceAt,
    quiet,
    digest,
    emptyDigests,
    changes,
    mutes,
    zone,
    language,
  } = rules;
  return {
    leadTimes: leadTimes.map(leadTimeText),
    filter: understood,
    only,
    announceAt,
    quiet,
    digest,
    emptyDigests,
    changes,
    mutes,
    zone,
    language,
  };
}

/** A conversation to which nothing can be sent at the moment. */
export interface LostConversation extends Pick<Target, 'platform' | 'tenant' | 'id'> {
  readonly name: string | null;
  /** Why, as a person can read it. */
  readonly reason: string;
  /** Epoch milliseconds; `null`: nobody took note of it. */
  readonly since: number | null;
}

/** Where subscriptions are kept. */
export interface Subscriptions {
  /** Of a group, by id. */
  of(groupId: string): Promise<readonly Subscription[]>;
  /** Of a conversation or person, whatever the thread, by id. */
  for(target: Target): Promise<readonly Subscription[]>;
  /** Those of the ids that there are. */
  withIds(ids: readonly string[]): Promise<readonly Subscription[]>;
  /** The conversations that are told something of a group, and to which nothing can be sent at the moment. */
  lost(groupId: string): Promise<readonly LostConversation[]>;
  /** Adds a subscription, or replaces the one with its id. */
  save(subscription: Subscription): Promise<void>;
  remove(id: string): Promise<void>;
}
