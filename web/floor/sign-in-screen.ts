import {type App, type Screen, setOnline, topBar, toldLine} from './app.ts';
import {ask, type Heard, type Me} from './api.ts';
import {keepFact} from './database.ts';
import {button, el} from './dom.ts';
import {keypad} from './keypad.ts';

/** Who works here now? By badge, or by number and PIN on big keys. */
export function signInScreen(app: App): Screen {
  const enter = async (credential: object) => {
    const heard = await ask<Me>('POST', '/v1/floor/sign-in', {body: credential});
    setOnline(app, heard.status !== 0);
    if (heard.status === 200) return signedIn(app, heard.body);
    if (heard.status === 401) return app.show(deviceScreen(app));
    app.tell('bad', refusal(app, heard));
    app.show(signInScreen(app));
  };
  const byNumber = () =>
    app.show(
      typing(app, 'number', false, (staff_id) => app.show(typing(app, 'pin', true, (pin) => enter({staff_id, pin})))),
    );
  return {
    draw: () =>
      el(
        'main',
        {class: 'calm'},
        topBar(app),
        el('h1', {class: 'huge'}, app.say('badge')),
        el('p', {class: 'hint'}, app.say('badge_how')),
        toldLine(app),
        othersNote(app),
        el('div', {class: 'foot'}, button(app.say('or_pin'), 'big', byNumber)),
      ),
    scanned: (badge) => enter({badge}),
  };
}

function typing(
  app: App,
  word: 'number' | 'pin',
  secret: boolean,
  ok: (typed: string) => Promise<void> | void,
): Screen {
  const pad = keypad({say: app.say, label: app.say(word), digits: 8, secret, ok, back: () => app.go.signIn()});
  return {draw: () => el('main', {}, topBar(app), el('div', {class: 'foot'}, pad.node)), scanned: pad.type};
}

function refusal({say}: App, heard: Heard): string {
  if (heard.status === 0) return say('no_network_sign_in');
  if (heard.status === 429) return say('locked', {s: heard.retryAfter ?? 30});
  return say('not_let_in');
}

async function signedIn(app: App, me: Me): Promise<void> {
  app.me = me;
  app.told = null;
  await keepFact('me', me);
  app.go.home();
}

const nameOf = (client: string) => client.replace(/^staff:/, '');

function othersNote(app: App): HTMLElement | null {
  const [scan] = app.waiting;
  return scan ? el('p', {class: 'note'}, app.say('of_others', {who: nameOf(scan.client)})) : null;
}

/** A browser that is no device of ours yet: the lead scans its key once, or opens a link that carries it. */
export function deviceScreen(app: App): Screen {
  return {
    draw: () =>
      el(
        'main',
        {class: 'calm'},
        topBar(app),
        el('h1', {class: 'huge'}, app.say('device_title')),
        el('p', {class: 'hint'}, app.say('device_how')),
        toldLine(app),
      ),
    scanned: async (key) => {
      app.told = null;
      if (await registerDevice(key)) app.go.signIn();
      else app.tell('bad', app.say('device_wrong'));
    },
  };
}

export async function registerDevice(key: string): Promise<boolean> {
  return (await ask('POST', '/v1/floor/device', {bearer: key})).status === 200;
}

/** The way in: signing in on a device that is known, and first making it known where it is not. */
export async function wayIn(app: App): Promise<void> {
  const heard = await ask('POST', '/v1/floor/device');
  app.show(heard.status === 401 || heard.status === 403 ? deviceScreen(app) : signInScreen(app));
}
