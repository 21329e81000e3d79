import {type App, type Screen, topBar} from './app.ts';
import {button, el} from './dom.ts';
import type {Word} from './words.ts';

export interface Question {
  ask: Word;
  how: Word;
  yes: Word;
}

/** The second tap, before what cannot be had back: it says what comes of it. */
export function askScreen(app: App, {ask, how, yes}: Question, back: () => void, work: () => Promise<void>): Screen {
  const {say} = app;
  const sure = async () => {
    back();
    await work();
  };
  return {
    draw: () =>
      el(
        'main',
        {},
        topBar(app),
        el('h1', {class: 'huge'}, say(ask)),
        el('p', {class: 'next'}, say(how)),
        el('div', {class: 'foot'}, button(say(yes), 'big warn', sure), button(say('cancel'), 'plain', back)),
      ),
  };
}
