import {type App, type Screen, setOnline, topBar, toldLine} from './app.ts';
import {ask, type Heard} from './api.ts';
import {button, el} from './dom.ts';
import {keypad} from './keypad.ts';
import type {Word} from './words.ts';

interface SecondLook {
  parcelId: string;
  wrong: {weight_g: number; expected_g: number};
  back: () => void;
  /** the weight was let pass: it may be sent again */
  passed: () => Promise<void>;
}

/** What the audit keeps, whatever language the page was in. */
const REASONS: readonly [Word, string][] = [
  ['why_sample', 'a sample or leaflet is inside'],
  ['why_padding', 'other padding or packaging'],
  ['why_catalogue', 'the goods weigh something else'],
];

/** Somebody else than who packs looks, says why, and lets the weight pass under their own name; nobody is signed out. */
export function secondPerson(app: App, look: SecondLook): Screen {
  const {say} = app;
  const values = {g: look.wrong.weight_g, e: look.wrong.expected_g};
  const choose = (reason: string) => () => app.show(badgeScreen(app, look, reason));
  return {
    draw: () =>
      el(
        'main',
        {},
        topBar(app),
        el('h1', {class: 'huge'}, say('second_why', values)),
        el('p', {class: 'about'}, say('second_how', values)),
        toldLine(app),
        el(
          'div',
          {class: 'foot'},
          ...REASONS.map(([word, reason]) => button(say(word), 'big', choose(reason))),
          button(say('cancel'), 'plain', look.back),
        ),
      ),
  };
}

function badgeScreen(app: App, look: SecondLook, reason: string): Screen {
  const {say} = app;
  const values = {g: look.wrong.weight_g, e: look.wrong.expected_g};
  const again = () => app.show(badgeScreen(app, look, reason));
  const approve = async (approver: object) => {
    const path = `/v1/parcels/${encodeURIComponent(look.parcelId)}/weight-approvals`;
    const heard = await ask('POST', path, {body: {weight_g: look.wrong.weight_g, reason, approver}});
    setOnline(app, heard.status !== 0);
    if (heard.status === 200) return look.passed();
    if (heard.status === 401) return app.go.signIn();
    app.tell('bad', refusal(app, heard));
    again();
  };
  const byNumber = () => {
    const pin = (staff_id: string) => typing(app, 'pin', again, (digits) => approve({staff_id, pin: digits}));
    app.show(typing(app, 'number', again, (staff_id) => app.show(pin(staff_id))));
  };
  return {
    draw: () =>
      el(
        'main',
        {},
        topBar(app),
        el('h1', {class: 'huge'}, say('second_badge')),
        el('p', {class: 'about'}, say('second_how', values)),
        toldLine(app),
        el('div', {class: 'foot'}, button(say('or_pin'), 'big', byNumber), button(say('cancel'), 'plain', look.back)),
      ),
    scanned: (badge) => approve({badge}),
  };
}

function typing(app: App, word: 'number' | 'pin', back: () => void, ok: (typed: string) => Promise<void> | void) {
  const secret = word === 'pin';
  const pad = keypad({say: app.say, label: app.say(word), digits: 8, secret, ok, back});
  return {draw: () => el('main', {}, topBar(app), el('div', {class: 'foot'}, pad.node)), scanned: pad.type};
}

const WHY_NOT: Readonly<Record<string, Word>> = {
  second_person_needed: 'second_self',
  forbidden: 'second_no',
  weight_not_refused: 'second_stale',
  task_closed: 'done',
  sign_in_refused: 'not_let_in',
};

function refusal({say}: App, heard: Heard): string {
  if (heard.status === 0) return say('needs_network');
  if (heard.status === 429) return say('locked', {s: heard.retryAfter ?? 30});
  const word = WHY_NOT[heard.problem?.code ?? ''];
  return word ? say(word) : say('refused', {why: heard.problem?.detail ?? ''});
}
