import { CLIENT_ID, keyServer } from '../test/adapters/teams/key-server.ts';
import { besideBare } from './beside-bare.ts';
import type { Section } from './section.ts';
import { post, serverOf } from './served.ts';

const EVENTS = 10_000;
/** Where the presses say that they come from. */
const SERVICE_URL = 'https://smba.trafficmanager.net/teams';
/** How many people press. */
const PEOPLE = 200;

/** A pressed button, with its token checked and a card in the response, beside a bare app of the SDK with the same card. */
export async function teamsSection(): Promise<Section> {
  const keys = await keyServer(SERVICE_URL);
  const token = keys.token();
  const ask = (port: number) => press(port, token);
  const own = await serverOf('teams-server.ts', ['bot', keys.metadataUrl, EVENTS.toString()]);
  const answer = await ask(own.port);
  const bare = await serverOf('teams-server.ts', ['bare', keys.metadataUrl], answer);
  try {
    return await besideBare({
      title: 'Teams: a pressed button over HTTP',
      own: { name: `the bot: next, ${EVENTS} events`, server: own },
      bare: { name: 'bare Teams SDK, a constant card', server: bare },
      ask,
      note:
        `${PEOPLE} people press; the constant is the bot’s own answer (${answer.length} bytes). Both check the token with ` +
        'the keys of a key server on loopback.',
    });
  } finally {
    own.stop();
    bare.stop();
    await keys.stop();
  }
}

let pressed = 0;

/** Presses a button. */
function press(port: number, token: string): Promise<string> {
  pressed += 1;
  const body = JSON.stringify({
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: `activity-${pressed}`,
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    from: { id: `29:${pressed % PEOPLE}`, aadObjectId: `person-${pressed % PEOPLE}`, name: 'Delegate' },
    recipient: { id: `28:${CLIENT_ID}` },
    conversation: { id: `a:${pressed % PEOPLE}`, conversationType: 'personal', tenantId: 'tenant' },
    channelData: { tenant: { id: 'tenant' } },
    locale: 'en-GB',
    localTimezone: 'Africa/Nairobi',
    replyToId: 'message',
    value: { action: { type: 'Action.Execute', verb: 'run', data: { run: 'next' } } },
  });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return post(port, { path: '/api/messages', headers, body });
}
