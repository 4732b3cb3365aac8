/**
 * An editor in a process of their own: `node editor-process.ts URL NAME FIELD COUNT` makes COUNT changes as a person
 * does, who is shown each, publishes it, and when somebody else was faster publishes what they are shown then. Prints,
 * as JSON, what they wrote and how often somebody else was faster.
 */
import { openStore } from '../../prisma/store.ts';
import { botOn } from './bots.ts';
import { countingIdentity, stoppedClock } from './store-samples.ts';

const [url = '', name = '', field = '', count = '0'] = process.argv.slice(2);
const EVENTS = ['alpha', 'beta', 'gamma'];

const store = await openStore({ url, clock: stoppedClock, identity: countingIdentity(name) });
const say = botOn(store, stoppedClock, countingIdentity(name));
const written: { event: string; way: string; text: string }[] = [];
let conflicts = 0;
for (let n = 0; n < Number(count); n += 1) {
  const event = EVENTS[n % EVENTS.length] ?? '';
  const text = `${name} ${n.toString()}`;
  const ways = {
    outcome: `outcome ${event} ${text}`,
    document: `doc add ${event} "${text}"`,
    field: `edit ${event} ${field}:"${text}"`,
  };
  const way = (['outcome', 'document', 'field'] as const)[Math.floor(n / EVENTS.length) % 3] ?? 'field';
  let reply = await say(ways[way], name);
  for (let shown = 0; reply.outcome === 'asked'; shown += 1) {
    if (shown > 0) conflicts += 1;
    const buttons = reply.card.elements.flatMap((element) => (element.type === 'actions' ? element.actions : []));
    reply = await say(buttons.find(({ label }) => label === 'Publish')?.run ?? '', name);
  }
  if (reply.outcome !== 'answered') throw new Error(`“${ways[way]}” was ${reply.outcome}`);
  written.push({ event, way, text });
}
await store.close();
process.stdout.write(JSON.stringify({ written, conflicts }));
