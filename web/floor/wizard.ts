import {type App, heardBy, type Screen, topBar, toldLine} from './app.ts';
import type {Heard} from './api.ts';
import {button, el, run} from './dom.ts';
import {keypad} from './keypad.ts';
import {refusalOfBooking} from './refusals.ts';
import type {Word} from './words.ts';

/** One question of a wizard: a code to scan, or a number to type. `check` gives the value, or null for a wrong one. */
export interface Question {
  name: string;
  word: Word;
  number?: boolean;
  /** shown with the question, from the answers so far */
  about?: (answers: Answers) => string;
  /** the value of a code, or why it is none and what to do */
  check?: (code: string, answers: Answers) => Promise<{value: string} | {refusal: string}>;
}
export type Answers = Readonly<Record<string, string>>;

interface Wizard {
  title: string;
  questions: readonly Question[];
  given?: Answers;
  /** called again with the same answers when nobody answered: what it books must count once */
  book: (answers: Answers) => Promise<Heard>;
  /** books the same once more, on purpose: after it was found to be booked already */
  more?: (answers: Answers) => Promise<Heard>;
  /** whether what is unknown in the end is a site, not a bin */
  site?: boolean;
  done: () => void;
}

/** Asks one thing after the other, then books them. */
export function wizard(app: App, given: Wizard): Screen {
  const {title, questions, done} = given;
  const ask = (i: number, answers: Answers): Screen => {
    const question = questions[i];
    if (!question) return booking(app, given, answers);
    const answered = (value: string) => {
      app.told = null;
      app.show(ask(i + 1, {...answers, [question.name]: value}));
    };
    return question.number
      ? numberScreen(app, title, question, answers, answered, done)
      : scanScreen(app, title, question, answers, answered, done);
  };
  return ask(0, given.given ?? {});
}

type Answered = (value: string) => void;

function scanScreen(
  app: App,
  title: string,
  question: Question,
  answers: Answers,
  answered: Answered,
  done: () => void,
) {
  return {
    draw: () =>
      el(
        'main',
        {},
        topBar(app),
        el('p', {class: 'hint'}, title),
        el('h1', {class: 'huge'}, app.say(question.word)),
        el('p', {class: 'about'}, question.about?.(answers) ?? Object.values(answers).join(' · ')),
        toldLine(app),
        el('div', {class: 'foot'}, button(app.say('cancel'), 'plain', done)),
      ),
    scanned: async (code: string) => {
      const checked = question.check ? await question.check(code, answers) : {value: code};
      if ('value' in checked) answered(checked.value);
      else app.tell('bad', checked.refusal);
    },
  };
}

function numberScreen(
  app: App,
  title: string,
  question: Question,
  answers: Answers,
  answered: Answered,
  done: () => void,
) {
  const label = app.say(question.word);
  const pad = keypad({say: app.say, label, digits: 6, ok: (typed) => answered(String(Number(typed))), back: done});
  const about = question.about?.(answers) ?? Object.values(answers).join(' · ');
  return {
    draw: () =>
      el(
        'main',
        {},
        topBar(app),
        el('p', {class: 'hint'}, title),
        el('p', {class: 'about'}, about),
        el('div', {class: 'foot'}, pad.node),
      ),
    scanned: (code: string) => {
      if (/^\d{1,6}$/.test(code)) pad.type(code);
    },
  };
}

type Booked = 'under_way' | 'silent' | 'refused';

/** Books, and says what came of it: done, not heard, or why not and what to do. */
function booking(app: App, {title, book, more, site = false, done}: Wizard, answers: Answers): Screen {
  let state: Booked = 'under_way';
  let silent = false;
  const attempt = async (send: Wizard['book']) => {
    state = 'under_way';
    const heard = await send(answers);
    const before = silent;
    silent = !heardBy(app, heard);
    state = silent ? 'silent' : 'refused';
    if (silent) return app.tell('bad', app.say('needs_network'));
    if (heard.problem) {
      const asks = {asks: more !== undefined && heard.problem.code === 'reference_reused', site};
      return app.tell('bad', refusalOfBooking(app.say, heard.problem, asks));
    }
    // the answer of our own first try, which was lost
    if (heard.replayed && !before && more) return app.tell('bad', app.say('booked_before', bookedAs(heard.body)));
    app.tell('done', app.say('booked'));
    done();
  };
  const again = () => attempt(book);
  run(again)();
  return {
    draw: () =>
      el(
        'main',
        {},
        topBar(app),
        el('h1', {}, title),
        toldLine(app),
        bookingFoot(app, {state, again, done, more: more && (() => attempt(more))}),
      ),
  };
}

const bookedAs = (entry: unknown) => {
  const {qty, bin} = entry as {qty: number; bin: string};
  return {n: qty, bin};
};

interface Foot {
  state: Booked;
  again: () => Promise<void>;
  more: (() => Promise<void>) | undefined;
  done: () => void;
}

function bookingFoot({say}: App, {state, again, more, done}: Foot): HTMLElement {
  if (state === 'under_way') return el('div', {class: 'foot'});
  return el(
    'div',
    {class: 'foot'},
    state === 'silent' ? button(say('again'), 'big go', again) : null,
    state === 'refused' && more ? button(say('more_came'), 'big warn', more) : null,
    button(say(state === 'silent' ? 'cancel' : 'back'), 'plain', done),
  );
}
