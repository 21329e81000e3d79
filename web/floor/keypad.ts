import {button, el} from './dom.ts';
import type {Say} from './words.ts';

interface Keypad {
  say: Say;
  label: string;
  /** digits at most */
  digits: number;
  /** shown as dots */
  secret?: boolean;
  ok: (typed: string) => Promise<void> | void;
  back?: () => void;
}

/** Digits as big as thumbs in gloves; no keyboard of the phone covers the page. `type` takes what a scanner or scale typed. */
export function keypad({say, label, digits, secret, ok, back}: Keypad): {
  node: HTMLElement;
  type: (text: string) => void;
} {
  let typed = '';
  const shown = el('output', {class: 'typed', 'aria-label': label}, '');
  const show = () => {
    shown.textContent = secret ? '●'.repeat(typed.length) : typed;
  };
  const type = (text: string) => {
    typed = text.slice(0, digits);
    show();
  };
  const key = (digit: string) => button(digit, 'key', () => type(typed + digit));
  const erase = button('⌫', 'key quiet', () => type(typed.slice(0, -1)));
  erase.setAttribute('aria-label', say('back'));
  const enter = button(say('ok'), 'key go', () => (typed === '' ? undefined : ok(typed)));
  const node = el(
    'div',
    {class: 'keypad'},
    el('h1', {}, label),
    shown,
    el('div', {class: 'keys'}, ...'123456789'.split('').map(key), erase, key('0'), enter),
    back ? button(say('cancel'), 'plain', back) : null,
  );
  return {node, type};
}
