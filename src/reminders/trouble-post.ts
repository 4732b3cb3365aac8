import { action, card, heading, list, muted, offer, text, type Card } from '../cards/card.ts';
import { inGroup } from '../engine/in-group.ts';
import type { Language } from '../language/language.ts';
import type { Store } from '../ports.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { tenantOf, type Claimed, type DeliveryRecord } from './ledger.ts';
import type { SkipReason } from './plan.ts';
import { isOfStaff, type StaffSources } from './staff.ts';
import { linesOf, type LineContext } from './status-card.ts';
import type { LostConversation } from './subscription.ts';
import { troublePayload } from './troubles.ts';

/** A group as it stands when its staff are told. */
interface Standing {
  readonly schedule: Schedule;
  /** What the buttons name; `null`: there is no other group. */
  readonly slug: string | null;
  readonly lost: readonly LostConversation[];
}

/** What telling staff takes at the moment of sending. */
interface Parts extends StaffSources {
  readonly store: Pick<Store, 'roles' | 'member' | 'conversation' | 'ledger'>;
  readonly languages: readonly [Language, ...Language[]];
}

/**
 * What somebody of the staff is told: what did not arrive, why, and what they can do. It is how things stand now: what
 * was tried again, or is back meanwhile, needs nobody.
 */
export async function troubleFor(
  delivery: Claimed,
  { schedule, slug, lost }: Standing,
  parts: Parts,
): Promise<{ readonly card: Card; readonly language: Language } | SkipReason> {
  const { store, languages } = parts;
  const { platform, tenant, id: user } = delivery.target;
  const person = { platform, tenant, user };
  const payload = troublePayload.parse(delivery.payload);
  if (!(await isOfStaff(person, delivery.groupId, parts))) return 'unwanted';
  const parked = (await store.ledger.withKeys(payload.parked)).filter(({ state }) => state === 'parked');
  const meant = new Set(payload.lost.map(placeOf));
  const places = lost.filter((place) => meant.has(placeOf(place)));
  if (parked.length === 0 && places.length === 0) return 'empty';
  const { group } = schedule;
  const member = await store.member(person);
  const tag = member?.language ?? member?.platformLanguage ?? group.language;
  const language = languages.find((each) => each.tag === tag) ?? languages[0];
  const context = { language, reader: { zone: member?.zone ?? member?.platformZone ?? group.zone }, schedule, store };
  const post = await troublePost({ parked, more: payload.more, lost: places }, group.name, context);
  return { card: slug === null ? post : inGroup(post, slug), language };
}

async function troublePost(
  {
    parked,
    more,
    lost,
  }: { readonly parked: readonly DeliveryRecord[]; readonly more: number; readonly lost: readonly LostConversation[] },
  group: string,
  context: LineContext,
): Promise<Card> {
  const { language } = context;
  const count = lost.length;
  const places = lost.map(({ name, id, reason }) => [language.t('trouble.place', { name: name ?? id, reason })]);
  const retry = parked.length > 0 ? [action(language.t('retry.offer'), 'retry all')] : [];
  return card(
    language.t('trouble.title', { group }),
    ...(count > 0
      ? [heading(language.t('trouble.lost', { count })), list(places), text(language.t('trouble.lost-what'))]
      : []),
    ...(parked.length > 0
      ? [
          heading(language.t('trouble.parked')),
          list(await linesOf(parked, context, more)),
          muted(language.t('trouble.parked-what', { id: parked[0]?.id ?? 0 })),
        ]
      : []),
    ...offer(...retry, action(language.t('retry.status'), 'status')),
  );
}

function placeOf(place: Pick<LostConversation, 'platform' | 'tenant' | 'id'>): string {
  return `${tenantOf(place)}/${place.id}`;
}
