import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { commands } from '../../commands/index.ts';
import { openStore } from '../../prisma/store.ts';
import type { Action } from '../../src/cards/card.ts';
import { createCalendarAddresses } from '../../src/calendar/addresses.ts';
import { cardText } from '../../src/cards/text.ts';
import type { Role } from '../../src/engine/access.ts';
import type { Place } from '../../src/engine/command.ts';
import { createBot, type Bot, type BotParts, type Reply, type Request } from '../../src/engine/dispatch.ts';
import { BotError } from '../../src/errors.ts';
import { english } from '../../src/language/index.ts';
import type { Log } from '../../src/log.ts';
import type { Store } from '../../src/ports.ts';
import { clockAt, type TestClock } from './clock.ts';
import { countedIdentity } from './identity.ts';

/** The day of the update that the sample schedule is taken from, in Geneva. */
export const DAY_OF_UPDATE = '2017-11-01T09:00:00+01:00';

/** Where the bot of the tests is reached from outside. */
export const PUBLIC_URL = 'https://gcm.example.org';

/** A bot on a real database of its own, and somebody to talk to it. */
export interface House {
  readonly bot: Bot;
  readonly store: Store;
  readonly clock: TestClock;
  /** What the bot wrote into its log as an error. */
  readonly errors: { readonly fields: object; readonly message: string }[];
  /** Says a line and gets the reply. */
  say(line: string, as?: Speaker): Promise<Reply>;
  /** Says a line and gets the reply as plain text. */
  read(line: string, as?: Speaker): Promise<string>;
  /** Sends a form back as it was filled in. */
  fill(command: string, given: Readonly<Record<string, string>>, as?: Speaker): Promise<Reply>;
  /** Presses a button of a reply, by its label. */
  press(reply: Reply, label: string, as?: Speaker): Promise<Reply>;
}

/** Who speaks, where it matters: an administrator in Geneva otherwise. */
export interface Speaker {
  readonly role?: Role;
  readonly zone?: string;
  readonly user?: string;
  /** Files that come with the line, by name. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly isConfirmed?: boolean;
  /** The channel they are in. */
  readonly conversation?: Place;
}

/** @param parts what differs from the usual bot */
export async function house(parts: Partial<BotParts> & { readonly sample?: boolean } = {}): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'gcm-house-'));
  const clock = clockAt(DAY_OF_UPDATE);
  const identity = countedIdentity();
  const errors: House['errors'] = [];
  const log: Log = {
    info: () => undefined,
    warn: () => undefined,
    error: (fields, message) => {
      errors.push({ fields, message });
    },
  };
  const store = await openStore({ url: `file:${join(folder, 'gcm.db')}`, clock, identity });
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  const bot = createBot({
    store,
    clock,
    identity,
    commands,
    languages: [english],
    log,
    roleOf: () => 'viewer',
    calendars: {
      addresses: createCalendarAddresses({ publicUrl: PUBLIC_URL, signingKeys: ['a key of the tests'] }),
      mailFrom: 'gcm@example.org',
    },
    ...parts,
  });
  const say: House['say'] = (line, as = {}) => bot.handle(requestOf(line, as));
  const fill: House['fill'] = (command, given, as = {}) =>
    bot.handle({ ...requestOf('', as), input: { type: 'form', command, given } });
  const press: House['press'] = (reply, label, as) => {
    const choice = choicesOf(reply).find((each) => each.label === label);
    if (!choice) throw new Error(`there is no button “${label}” in: ${cardText(reply.card, { language: english })}`);
    return say(choice.run, as);
  };
  const read: House['read'] = async (line, as) => cardText((await say(line, as)).card, { language: english });
  if (parts.sample !== false) {
    const name = 'gcm-2017-11-01.json';
    const sample = await readFile(new URL(`../../prisma/sample/${name}`, import.meta.url));
    const reply = await say(`import ${name}`, { isConfirmed: true, files: { [name]: sample } });
    if (reply.outcome !== 'answered') throw new Error(cardText(reply.card, { language: english }));
  }
  return { bot, store, clock, errors, say, read, fill, press };
}

function requestOf(line: string, { role = 'admin', zone = 'Europe/Zurich', user = 'ada', ...as }: Speaker): Request {
  const { files = {}, isConfirmed = false, conversation } = as;
  return {
    actor: { platform: 'console', tenant: '', user, name: user },
    role,
    zone,
    input: { type: 'line', line, isConfirmed },
    ...(conversation && { conversation }),
    surroundings: {
      openFile: (name) => {
        const content = files[name];
        if (content === undefined) return Promise.reject(new BotError('not-found', { name }));
        const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
        return Promise.resolve({ name, bytes });
      },
    },
  };
}

/** Everything that a reply offers to press. */
export function choicesOf(reply: Reply): readonly Action[] {
  return reply.card.elements.flatMap((element) => (element.type === 'actions' ? element.actions : []));
}

/** The titles of the events that a card shows, in order, parts after their whole. */
export function handlesIn(reply: Reply): readonly string[] {
  return reply.card.elements.flatMap((element) => (element.type === 'event' ? [element.handle] : []));
}
