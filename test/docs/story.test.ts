import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PAYER} from '../../domain/policy/policy.ts';
import {violationsAtRest} from '../support/books.ts';
import {startWorld, type World} from '../support/world.ts';
import {type Example, readExamples} from './examples.ts';
import {differences, layOutJson, type Played, playExamples, withoutSecrets} from './play.ts';

const PATIENCE = 180_000;
/** A Tuesday morning in Boston: what a quote warns of depends on the time of day. */
const MORNING = Date.parse('2026-11-24T15:00:00Z');

/** `UPDATE_DOCS=1 npm test -- test/docs/story.test.ts` prints what the service answers now into the pages. */
const updating = process.env['UPDATE_DOCS'] === '1';

describe('the documentation of the interface, read from its first page to its last', () => {
  const examples = readExamples();
  const folder = mkdtempSync(join(tmpdir(), 'waybill-docs-'));
  let world: World;
  let played: Played[] = [];

  beforeAll(async () => {
    world = await startWorld({t0: MORNING, policy: {payer: PAYER}});
    const api = `http://127.0.0.1:${world.api.port}`;
    const urls = {stripe: world.stripeUrl, carrier: world.carrierUrl};
    played = await playExamples(examples, {folder, api, keys: world.api.keys, urls, patience: PATIENCE});
    if (updating) updatePages(examples, played);
  }, PATIENCE + 60_000);
  afterAll(async () => {
    await world.close();
    rmSync(folder, {recursive: true, force: true});
  });

  it.each(examples.flatMap((example, i) => (example.answer ? [[example.where, example, i] as const] : [])))(
    '%s is answered as it is printed',
    (_name, {answer}, i) => {
      if (updating) return;
      const seen = played[i] as Played;
      expect([seen.status, differences(answer?.body, seen.body)]).toEqual([answer?.status, []]);
    },
  );

  it('leaves books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});

function updatePages(examples: readonly Example[], played: readonly Played[]): void {
  // from the end, so that places before stay where they are
  for (let i = examples.length - 1; i >= 0; i -= 1) {
    const {page, answer, calls} = examples[i] as Example;
    if (!answer) continue;
    const {status, body} = played[i] as Played;
    if (status === answer.status && differences(answer.body, body).length === 0) continue;
    const text = readFileSync(page, 'utf8');
    const shape = calls.at(-1)?.operation?.answers[status];
    // in the order of the contract, which answers that were stored have lost
    const told = typeof shape === 'object' ? shape.parse(body) : body;
    const block = `HTTP/1.1 ${status}\n\n${layOutJson(withoutSecrets(told))}\n`;
    writeFileSync(page, text.slice(0, answer.from) + block + text.slice(answer.to));
  }
}
