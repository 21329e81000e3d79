import express, {type Express, type Request, type Response} from 'express';
import {type Choice, choiceFault} from '../domain/messages/preferences.ts';
import {languageOf} from '../domain/messages/language.ts';
import {CHANNELS, MESSAGE_KINDS, type MessageKind} from '../domain/messages/templates.ts';
import {chooseMessages} from '../store/choose-messages.ts';
import {customerOfLink} from '../store/message-link.ts';
import {type PreferencesView, readPreferences} from '../store/views/preferences-view.ts';
import {choicePage, lostPage, stopPage} from '../web/choice-page.ts';
import type {ApiDeps} from './deps.ts';

interface Reader {
  id: string;
  view: PreferencesView;
  /** where their page is */
  path: string;
}

type Answer = (reader: Reader, request: Request, response: Response) => string | Promise<string>;

/** The pages behind the link under every mail: what a customer is told, and the one click that stops it (RFC 8058). */
export function mountChoicePages(app: Express, deps: ApiDeps): void {
  const form = express.urlencoded({extended: false, limit: '8kb', parameterLimit: 100});
  const at = (name: string, answer: Answer) => async (request: Request, response: Response) => {
    response.locals['operation'] = name;
    const reader = await readerOf(deps, String(request.params['token']));
    const text = reader ? await answer(reader, request, response) : lost(request);
    // the link is a secret, and these pages have forms of their own
    response.set({'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex', 'Content-Security-Policy': CSP});
    response
      .status(reader ? 200 : 404)
      .type('text/html')
      .send(text);
  };
  const choose = async (reader: Reader, choices: readonly Choice[]) => {
    const by = {actor: reader.id, role: 'customer'};
    await chooseMessages(deps.store, {customer_id: reader.id, choices: choices.filter((c) => !choiceFault(c)), by});
    return {...reader, view: await readPreferences(deps.store, reader.id)};
  };
  app.get(
    '/messages/:token',
    at('choicePage', (reader) => choices(reader, false)),
  );
  app.post(
    '/messages/:token',
    form,
    at('saveChoices', async (reader, request) => choices(await choose(reader, readForm(reader, request)), true)),
  );
  app.get(
    '/messages/:token/stop/:kind',
    at('stopPage', (reader, request) => {
      const kind = kindAt(request);
      return kind === null ? choices(reader, false) : asking(reader, kind);
    }),
  );
  app.post(
    '/messages/:token/stop/:kind',
    form,
    at('stopMessages', async (reader, request) => {
      const kind = kindAt(request);
      return choices(kind === null ? reader : await choose(reader, [{channel: 'email', kind, wanted: false}]), true);
    }),
  );
}

const CSP =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

async function readerOf({store}: ApiDeps, token: string): Promise<Reader | null> {
  const id = await customerOfLink(store.prisma, token);
  return id === null ? null : {id, view: await readPreferences(store, id), path: `/messages/${token}`};
}

const kindAt = ({params}: Request): MessageKind | null => MESSAGE_KINDS.find((kind) => kind === params['kind']) ?? null;

const channelsFor = ({phone_known}: PreferencesView) => CHANNELS.filter((name) => name === 'email' || phone_known);

/** A box that is not ticked is not sent at all; one that was not shown says nothing. */
function readForm({view}: Reader, {body}: Request): Choice[] {
  const ticked = new Set(Object.keys((body as Record<string, unknown> | undefined) ?? {}));
  const shown = channelsFor(view);
  return view.preferences
    .filter(({mandatory, channel}) => !mandatory && shown.includes(channel))
    .map(({kind, channel}) => ({kind, channel, wanted: ticked.has(`${kind}.${channel}`)}));
}

function choices({view, path}: Reader, saved: boolean): string {
  const {words, locale} = languageOf(view.locale);
  const {choices: say} = words;
  const channels = channelsFor(view);
  const box = (kind: MessageKind, channel: Choice['channel']) => {
    const found = view.preferences.find((p) => p.kind === kind && p.channel === channel);
    return found ? {...found, name: `${kind}.${channel}`, label: `${say.kinds[kind]}, ${say.channels[channel]}`} : null;
  };
  return choicePage({
    ...{lang: locale, title: say.title, next: say.next, always: say.always, save: say.save, action: path},
    saved: saved ? say.saved : null,
    note: view.phone_known ? null : say.no_phone,
    channels: channels.map((channel) => say.channels[channel]),
    rows: MESSAGE_KINDS.map((kind) => ({name: say.kinds[kind], boxes: channels.map((channel) => box(kind, channel))})),
  });
}

function asking({view, path}: Reader, kind: MessageKind): string {
  const {words, locale} = languageOf(view.locale);
  const {choices: say} = words;
  const title = say.stop(say.kinds[kind]);
  return stopPage({
    lang: locale,
    title,
    go: say.stop_go,
    action: `${path}/stop/${kind}`,
    back: say.title,
    backUrl: path,
  });
}

function lost(request: Request): string {
  const {words, locale} = languageOf(request.acceptsLanguages()[0] ?? null);
  return lostPage({lang: locale, ...words.choices.unknown});
}
