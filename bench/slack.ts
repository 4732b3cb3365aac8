import { createHmac } from 'node:crypto';
import { besideBare } from './beside-bare.ts';
import type { Section } from './section.ts';
import { post, serverOf } from './served.ts';

const EVENTS = 10_000;
/** How many people ask. */
const PEOPLE = 200;
const SECRET = 'the signing secret of the benchmark';

/** Signed `/gcm next` over HTTP, answered in the acknowledgement, beside a bare Bolt app with the same answer as a constant. */
export async function slackSection(): Promise<Section> {
  const own = await serverOf('slack-server.ts', ['bot', EVENTS.toString()]);
  const answer = await ask(own.port);
  const bare = await serverOf('slack-server.ts', ['bare'], answer);
  try {
    return await besideBare({
      title: 'Slack: /gcm next over HTTP, the acknowledgement carries the answer',
      own: { name: `the bot, ${EVENTS} events`, server: own },
      bare: { name: 'bare Bolt app, a constant', server: bare },
      ask,
      note: `${PEOPLE} people ask; the constant is the bot’s own answer (${answer.length} bytes).`,
    });
  } finally {
    own.stop();
    bare.stop();
  }
}

let asked = 0;

/** Sends one signed command. */
function ask(port: number): Promise<string> {
  asked += 1;
  const body = new URLSearchParams({
    command: '/gcm',
    text: 'next',
    team_id: 'T01',
    user_id: `U${asked % PEOPLE}`,
    channel_id: `C${asked % 20}`,
    trigger_id: asked.toString(),
    response_url: 'http://127.0.0.1:9/',
  }).toString();
  const timestamp = Math.floor(Date.now() / 1000).toString();
  const signature = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
  };
  return post(port, { path: '/slack/events', headers, body });
}
