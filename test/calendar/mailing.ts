import { createSmtpMailer } from '../../adapters/mail/smtp.ts';
import { createMailing } from '../../src/calendar/mailing.ts';
import { createSchedules } from '../../src/engine/schedules.ts';
import { english } from '../../src/language/index.ts';
import type { Store } from '../../src/ports.ts';
import type { DeliveryRecord } from '../../src/reminders/ledger.ts';
import { createSweep } from '../../src/reminders/sweep.ts';
import { revise } from '../../src/schedule/change.ts';
import { systemTimer } from '../../src/timer.ts';
import { house, type House } from '../support/house.ts';
import { timerOn } from '../support/timer.ts';

/** A house that sends mail through the ledger. */
export interface MailingHouse extends House {
  /** Ticks, and waits until nothing is ready any more. */
  tick(): Promise<void>;
  /** Moves the clock, ticking at the end. */
  until(moment: string): Promise<void>;
  /** Changes an event as it is stored; those who follow it are told unless the change is silent. */
  edit(handle: string, patch: Parameters<typeof revise>[1], tell?: boolean): Promise<void>;
  deliveries(): Promise<readonly DeliveryRecord[]>;
}

/** @param own `store`: what the sender writes its notes into, where a test wants that to fail */
export async function mailingHouse(
  url: string,
  own: { readonly whenUnknown?: 'park' | 'send'; readonly patience?: number } = {},
): Promise<MailingHouse> {
  const rooms = await house();
  const { store, clock } = rooms;
  const schedules = createSchedules(store);
  const languages = [english] as const;
  const { whenUnknown = 'park', patience = 300 } = own;
  const from = 'gcm@example.org';
  const chance = () => 0.5;
  const mail = { mailer: createSmtpMailer({ url, from, patience, timer: systemTimer }), from };
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (fields: object) => {
      throw new Error(JSON.stringify(fields));
    },
  };
  const sweep = createSweep({
    store,
    schedules,
    languages,
    clock,
    timer: timerOn(clock),
    chance,
    log,
    owner: 'test',
    whenUnknown,
    messengers: new Map(),
    ...createMailing({ store, schedules, languages, clock, chance, whenUnknown, mail }),
  });
  const tick = async () => {
    await sweep.tick();
    await sweep.idle();
  };
  await tick();
  return {
    ...rooms,
    tick,
    async until(moment) {
      clock.set(moment);
      await tick();
    },
    edit: (handle, patch, tell = true) => edit(store, clock.now().toString(), handle, patch, tell),
    deliveries: async () => (await store.ledger.list({ limit: 1000 })).toReversed(),
  };
}

async function edit(
  store: Store,
  at: string,
  handle: string,
  patch: Parameters<typeof revise>[1],
  tell: boolean,
): Promise<void> {
  const [group] = await store.groups();
  const { events } = await store.load(group?.id ?? '');
  const before = events.find((event) => event.handle === handle);
  if (!group || !before) throw new Error(`there is no ${handle}`);
  const actor = { platform: 'console', tenant: '', user: 'ada', name: 'Ada' };
  const writes = [{ type: 'event', before, after: revise(before, patch, at) } as const];
  await store.commit({ groupId: group.id, actor, action: 'test', at, writes, tell });
}
