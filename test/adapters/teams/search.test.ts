import { describe, expect, test } from 'vitest';
import type { Json } from './fake-connector.ts';
import { slowStore } from '../../support/slow-store.ts';
import { problemsOf } from './render/microsoft.ts';
import { tenant, words } from './tenant.ts';

const typing = (queryText: string, dataset = 'events') => ({ queryText, dataset, queryOptions: { skip: 0, top: 15 } });
const searching = (text: string): Json => ({ commandId: 'search', parameters: [{ name: 'query', value: text }] });

describe('typing into a choice of events', () => {
  test('offers what fits', async () => {
    const { invoke } = await tenant();
    const { body } = await invoke('application/search', typing('puerto'));
    expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse' });
    const { results } = body?.value as { results: Json[] };
    expect(results[0]).toEqual({ title: '4–6 Dec · GCM stocktaking meeting', value: 'stocktaking' });
    expect(results.length).toBeLessThanOrEqual(15);
  });

  test.each([[typing('puerto', 'others')], [{}], [{ queryText: 7 }]])(
    'of another kind, %j, offers nothing',
    async (value) => {
      const { invoke } = await tenant();
      expect((await invoke('application/search', value)).body).toMatchObject({ value: { results: [] } });
    },
  );
});

describe('the message extension', () => {
  test('shows what fits, each with a card to insert', async () => {
    const { invoke } = await tenant();
    const { status, body } = await invoke('composeExtension/query', searching('puerto'));
    expect(status).toBe(200);
    const { type, attachmentLayout, attachments } = body?.composeExtension as Record<string, unknown>;
    expect([type, attachmentLayout]).toEqual(['result', 'list']);
    const [first] = attachments as { content: Json; preview: Json }[];
    expect(words(first?.preview)).toContain('GCM stocktaking meeting');
    expect(words(first?.content)).toContain('Puerto Vallarta');
    expect(problemsOf(first?.content as never)).toEqual([]);
  });

  test('shows what is ahead before anything is typed', async () => {
    const { invoke } = await tenant();
    const { body } = await invoke('composeExtension/query', { parameters: [{ name: 'initialRun', value: 'true' }] });
    const { attachments } = body?.composeExtension as { attachments: unknown[] };
    expect(attachments.length).toBeGreaterThan(1);
    expect(attachments.length).toBeLessThanOrEqual(10);
  });

  test('inserts no times of one person’s own zone', async () => {
    const { invoke } = await tenant();
    const { body } = await invoke('composeExtension/query', searching('stocktaking'));
    expect(words(body)).not.toContain('Nairobi');
  });

  test('shows nothing rather than too late', async () => {
    const { between, hold } = slowStore();
    hold();
    const { invoke, timer, until } = await tenant({ between });
    const asked = invoke('composeExtension/query', searching('x'));
    await until(() => timer.waiting > 0);
    await timer.pass(4000);
    expect((await asked).body).toEqual({
      composeExtension: { type: 'result', attachmentLayout: 'list', attachments: [] },
    });
  });
});
