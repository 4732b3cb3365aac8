/**
 * A process of its own that opens a store, for the tests that need another process or another user:
 * `node store-process.ts URL [COUNT]` adds COUNT events one by one and prints, as JSON, the revision it saw last or the
 * error it met.
 */
import { openStore } from '../../prisma/store.ts';
import { BotError } from '../../src/errors.ts';
import { adding, change, countingIdentity, event, stoppedClock } from './store-samples.ts';

const [url = '', count = '0'] = process.argv.slice(2);
const series = `p${process.pid}`;
try {
  const store = await openStore({ url, clock: stoppedClock, identity: countingIdentity(series) });
  const groupId = (await store.groups())[0]?.id ?? '';
  for (let n = 0; n < Number(count); n += 1) {
    await store.commit(change(groupId, [adding(event(`${series}-${n}`))]));
  }
  process.stdout.write(JSON.stringify({ groupId, revision: await store.revision(groupId) }));
  await store.close();
} catch (error) {
  const { code, context } = error as BotError;
  process.stdout.write(JSON.stringify(error instanceof BotError ? { code, context } : { crash: String(error) }));
}
