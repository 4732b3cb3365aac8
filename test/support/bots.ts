import { commands } from '../../commands/index.ts';
import type { Clock } from '../../src/clock.ts';
import { createBot, type Reply } from '../../src/engine/dispatch.ts';
import type { IdentitySource } from '../../src/identity.ts';
import { english } from '../../src/language/index.ts';
import type { Store } from '../../src/ports.ts';
import { countedIdentity } from './identity.ts';

/** A bot of its own on a store, as another process on the same database would be, and a way to talk to it. */
export function botOn(
  store: Store,
  clock: Clock,
  identity = ownIdentity(),
): (line: string, user?: string) => Promise<Reply> {
  const unexpected: unknown[] = [];
  const bot = createBot({
    store,
    clock,
    identity,
    commands,
    languages: [english],
    log: { info: () => undefined, warn: () => undefined, error: (fields) => unexpected.push(fields) },
    roleOf: () => 'admin',
  });
  return async (line, user = 'ada') => {
    const actor = { platform: 'console', tenant: '', user, name: user };
    const reply = await bot.handle({ actor, input: { type: 'line', line }, zone: 'Europe/Zurich' });
    if (unexpected.length > 0) throw new Error(`“${line}” failed`, { cause: unexpected[0] });
    return reply;
  };
}

let drawn = 0;

/** Each bot counts in a series of its own: two of them never draw the same identifier. */
function ownIdentity(): IdentitySource {
  const counted = countedIdentity();
  const series = (drawn += 1).toString(16).padStart(4, '0');
  return { ...counted, uid: () => counted.uid().replace('-0000-4000', `-${series}-4000`) };
}
