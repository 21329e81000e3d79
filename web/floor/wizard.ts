import {type App, heardBy, type Screen, topBar, toldLine} from './app.ts';
import type {Heard} from './api.ts';
import {button, el} from './dom.ts';
import {keypad} from './keypad.ts';
import type {Word} from './words.ts';

/** One question of a wizard: a code to scan, or a number to type. `check` gives the value, or null for a wrong one. */
export interface Question {
  name: string;
  word: Word;
  number?: boolean;
  /** shown with the question, from the answers so far */
  about?: (answers: Answers) => string;
  check?: (code: string, answers: Answers) => Promise<string | null>;
}
export type Answers = Readonly<Record<string, string>>;

interface Wizard {
  title: string;
  questions: readonly Question[];
  given?: Answers;
  /** called again with the same answers when nobody answered: what it books must count once */
  book: (answers: Answers) => Promise<Heard>;
  done: () => void;
}

/** Asks one thing after the other, then books them. */
export function wizard(app: App, {title, questions, given = {}, book, done}: Wizard): Screen {
  const ask = (i: number, answers: Answers): Screen => {
    const question = questions[i];
    if (!question) return booking(app, title, () => book(answers), done);
    const answered = (value: string) => {
      app.told = null;
      app.show(ask(i + 1, {...answers, [question.name]: value}));
    };
    return question.number
      ? numberScreen(app, title, question, answers, answered, done)
      : scanScreen(app, title, question, answers, answered, done);
  };
  return ask(0, given);
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
      const value = question.check ? await question.check(code, answers) : code;
      if (value !== null) answered(value);
      else app.tell('bad', app.say(app.online ? 'unknown_code' : 'needs_network'));
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
      el('main', {}, topBar(app), el('p', {class: 'hint'}, title), el('p', {class: 'about'}, about), pad.node),
    scanned: (code: string) => {
      if (/^\d{1,6}$/.test(code)) pad.type(code);
    },
  };
}

function booking(app: App, title: string, book: () => Promise<Heard>, done: () => void): Screen {
  let failed = false;
  const attempt = async () => {
    failed = false;
    const heard = await book();
    if (!heardBy(app, heard)) {
      failed = true;
      return app.tell('bad', app.say('needs_network'));
    }
    const why = heard.problem?.detail ?? '';
    if (heard.problem) app.tell('bad', app.say('not_booked', {why}));
    else app.tell('done', app.say('booked'));
    done();
  };
  attempt().catch((error: unknown) => console.error(error));
  return {
    draw: () =>
      el(
        'main',
        {class: 'calm'},
        topBar(app),
        el('h1', {}, title),
        toldLine(app),
        failed &&
          el(
            'div',
            {class: 'foot'},
            button(app.say('again'), 'big go', attempt),
            button(app.say('cancel'), 'plain', done),
          ),
      ),
  };
}
