import { SocketModeReceiver, type App, type Receiver } from '@slack/bolt';
import type { Log } from '../../src/log.ts';
import type { Timer } from '../../src/timer.ts';
import { MalformedRequest } from './incoming.ts';
import type { ReceiverParts } from './receivers.ts';

/** How long a lost connection is left alone before it is tried again: longer each time, up to the last. Milliseconds. */
const PAUSES = [1000, 5000, 15_000, 60_000];

/**
 * We call Slack: Socket Mode, for where Slack cannot reach the bot. The SDK's own way of connecting again ends in an
 * error that nobody can catch when Slack is out of reach for long; this one goes on for as long as it takes.
 */
export function socketReceiver(
  { logger, clientOptions }: ReceiverParts,
  appToken: string,
  { log, timer }: { readonly log: Log; readonly timer: Timer },
): Receiver {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { ...clientOptions } },
    processEventErrorHandler: ({ error }) => {
      if (!(error instanceof MalformedRequest)) log.error({ err: error }, 'a request could not be processed');
      return Promise.resolve(true);
    },
  });
  let isStopped = false;
  let failures = 0;
  let callOff: () => void = () => undefined;

  const connect = async (): Promise<void> => {
    try {
      await receiver.client.start();
      failures = 0;
    } catch (error) {
      log.error({ err: error }, 'Socket Mode could not connect');
      again();
    }
  };
  const again = () => {
    if (isStopped) return;
    const pause = PAUSES[Math.min(failures, PAUSES.length - 1)] ?? 0;
    failures += 1;
    callOff();
    callOff = timer.after(pause, () => void connect());
  };
  receiver.client.on('connected', () => {
    log.info({}, 'connected to Slack in Socket Mode');
  });
  receiver.client.on('disconnected', again);

  return {
    init: (app: App) => {
      receiver.init(app);
    },
    start: connect,
    async stop() {
      isStopped = true;
      callOff();
      await receiver.client.disconnect();
    },
  };
}
