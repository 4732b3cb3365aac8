import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSmtpMailer, LONGEST_ATTEMPT_MS } from '../../../adapters/mail/smtp.ts';
import type { Mail } from '../../../src/calendar/mail.ts';
import { systemTimer } from '../../../src/timer.ts';
import { clockAt } from '../../support/clock.ts';
import { timerOn } from '../../support/timer.ts';
import { postOffice } from './post-office.ts';

const FROM = 'gcm@example.org';

const MAIL: Mail = {
  to: { email: 'mission@example.int', name: 'Permanent Mission' },
  organizer: { name: 'Secretariat', email: 'secretariat@example.org' },
  messageId: 'abc@example.org',
  method: 'REQUEST',
  subject: 'Invitation: Réunion, Monday 6 November 2017',
  text: 'You are invited.\n',
  icalendar: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n',
};

const to = (email: string, name: string | null = null): Mail => ({ ...MAIL, to: { email, name } });

describe('a mail', () => {
  test('is text with the calendar object beside it, and as a file', async () => {
    const office = await postOffice();
    expect(await createSmtpMailer({ url: office.url, from: FROM, timer: systemTimer }).send(MAIL)).toEqual({
      outcome: 'sent',
    });
    const [received] = await office.received(1);
    expect(received?.to).toEqual(['mission@example.int']);
    const { mail, raw } = received ?? {};
    expect(mail?.messageId).toBe('<abc@example.org>');
    expect(mail?.subject).toBe(MAIL.subject);
    expect(mail?.from?.value).toEqual([{ address: FROM, name: 'Secretariat' }]);
    expect(mail?.replyTo?.value).toEqual([{ address: 'secretariat@example.org', name: 'Secretariat' }]);
    expect(mail?.to).toMatchObject({ value: [{ address: 'mission@example.int', name: 'Permanent Mission' }] });
    expect(mail?.text?.trim()).toBe('You are invited.');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(raw).toMatch(/content-type: multipart\/mixed/iu);
    expect(raw).toMatch(/content-type: multipart\/alternative/iu);
    expect(raw).toMatch(/content-type: text\/calendar; charset=utf-8; method=REQUEST/iu);
    const file = mail?.attachments.find(({ filename }) => filename === 'invite.ics');
    expect([file?.contentType, file?.content.toString()]).toEqual(['application/ics', MAIL.icalendar]);
  });

  test('holds what its texts say and nothing that they smuggle in', async () => {
    const office = await postOffice();
    const mailer = createSmtpMailer({ url: office.url, from: FROM, timer: systemTimer });
    const smuggling = {
      ...MAIL,
      to: { email: 'a@example.org', name: 'Doe, "Jane"\r\nBcc: victim@example.org' },
      organizer: { name: 'S\r\nBcc: victim@example.org\r\n', email: 'secretariat@example.org' },
      subject: 'Title\r\nBcc: victim@example.org\r\n\r\nBody',
    };
    expect(await mailer.send(smuggling)).toEqual({ outcome: 'sent' });
    const [received] = await office.received(1);
    expect(received?.to).toEqual(['a@example.org']);
    expect(received?.mail.bcc).toBeUndefined();
    expect(received?.mail.headers.has('bcc')).toBe(false);
    expect(received?.raw.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/imu);
  });
});

describe('a mail server', () => {
  test.each([
    ['that has no such mailbox', 'nobody@example.org', 'never', '550 no such mailbox here'],
    ['whose mailbox is full for now', 'full@example.org', 'again', '452 mailbox full, try later'],
    ['that does not like the mail', 'spam@example.org', 'never', '554 this looks like spam'],
  ] as const)('%s: %s', async (_name, address, outcome, reason) => {
    const office = await postOffice();
    const mailer = createSmtpMailer({ url: office.url, from: FROM, timer: systemTimer });
    expect(await mailer.send(to(address))).toEqual({ outcome, reason });
  });

  test.each([
    ['drops the line when it has the mail', 'dropped@example.org', 'unknown', 1],
    ['falls silent when it has the mail', 'mute@example.org', 'unknown', 1],
    ['falls silent before it has the mail', 'silent@example.org', 'again', 0],
  ] as const)('that %s', async (_name, address, outcome, taken) => {
    const office = await postOffice();
    const mailer = createSmtpMailer({ url: office.url, from: FROM, patience: 300, timer: systemTimer });
    expect(await mailer.send(to(address))).toMatchObject({ outcome });
    expect(await office.received(taken)).toHaveLength(taken);
  });

  test('that is not there, never greets, or is away in a hurry: certainly not sent', async () => {
    const sockets: Socket[] = [];
    const behaviours = [
      (socket: Socket) => socket,
      (socket: Socket) => void socket.end('421 closing for the night\r\n'),
      (socket: Socket) => void socket.destroy(),
    ];
    for (const behave of behaviours) {
      const server = createServer((socket) => {
        sockets.push(socket);
        socket.on('error', () => undefined);
        behave(socket);
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      onTestFinished(() => {
        for (const socket of sockets) socket.destroy();
        server.close();
      });
      const { port } = server.address() as AddressInfo;
      const mailer = createSmtpMailer({
        url: `smtp://127.0.0.1:${port}`,
        from: FROM,
        patience: 300,
        timer: systemTimer,
      });
      expect(await mailer.send(MAIL)).toMatchObject({ outcome: 'again' });
    }
    const gone = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => gone.once('listening', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${port}`, from: FROM, patience: 300, timer: systemTimer });
    expect(await mailer.send(MAIL)).toMatchObject({ outcome: 'again' });
  });
});

describe('a mail server that drips on for ever', () => {
  const NEVER_ENDING = '250-still here\r\n';
  const BEFORE = { greeting: '', envelope: '250 ok\r\n', body: '354 go on\r\n' };

  /** Answers as it should up to a point, and from there with one more line of an answer whenever it is asked to. */
  async function dripping(from: 'greeting' | 'envelope' | 'end') {
    const reached = Promise.withResolvers<Socket>();
    const closed = Promise.withResolvers<undefined>();
    const server = createServer((socket) => {
      let isData = false;
      const drip = () => {
        socket.write(from === 'greeting' ? '220-wait\r\n' : NEVER_ENDING);
        reached.resolve(socket);
      };
      socket.on('error', () => undefined);
      socket.on('close', () => {
        closed.resolve(undefined);
      });
      socket.on('data', (bytes) => {
        const said = bytes.toString();
        if (isData && said.endsWith('\r\n.\r\n')) drip();
        else if (isData) return;
        else if (said.startsWith('EHLO')) socket.write(BEFORE.envelope);
        else if (said.startsWith('MAIL') && from === 'envelope') drip();
        else if (said.startsWith('DATA')) {
          isData = true;
          socket.write(BEFORE.body);
        } else socket.write(BEFORE.envelope);
      });
      if (from === 'greeting') drip();
      else socket.write('220 here\r\n');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    return { url: `smtp://127.0.0.1:${port}`, reached: reached.promise, closed: closed.promise };
  }

  test.each([
    ['before it greets', 'greeting', 'again'],
    ['before it has the mail', 'envelope', 'again'],
    ['when it has the mail', 'end', 'unknown'],
  ] as const)('%s is left, and cut off, after two minutes', async (_name, from, outcome) => {
    const server = await dripping(from);
    const timer = timerOn(clockAt('2017-11-01T09:00:00Z'));
    let sending: unknown = 'still on its way';
    const sent = createSmtpMailer({ url: server.url, from: FROM, timer })
      .send(MAIL)
      .then((result) => (sending = result));
    const socket = await server.reached;
    for (let quarter = 1; quarter < 4; quarter += 1) {
      await timer.pass(LONGEST_ATTEMPT_MS / 4);
      socket.write(from === 'greeting' ? '220-wait\r\n' : NEVER_ENDING);
    }
    expect(sending).toBe('still on its way');
    await timer.pass(LONGEST_ATTEMPT_MS / 4);
    expect(await sent).toEqual({ outcome, reason: 'the mail server did not come to an end in 120 seconds' });
    await server.closed;
  });

  test('leaves nothing that waits once a mail is sent', async () => {
    const office = await postOffice();
    const timer = timerOn(clockAt('2017-11-01T09:00:00Z'));
    expect(await createSmtpMailer({ url: office.url, from: FROM, timer }).send(MAIL)).toEqual({ outcome: 'sent' });
    expect(timer.waiting).toBe(0);
  });
});
