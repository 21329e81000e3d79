import type {TourBrief, WaveBrief} from './api.ts';
import type {App} from './app.ts';
import {button, el} from './dom.ts';
import {progressBar} from './pick-screen.ts';
import {KINDS} from './waves-api.ts';
import type {Deeds, Waves} from './waves-screen.ts';
import type {Word} from './words.ts';

const metres = (mm: number): number => Math.round(mm / 1_000);

/** What waits, how it would be released, and what that saves. */
export function planView(app: App, known: Waves, {plan, release}: Deeds): HTMLElement {
  const {say} = app;
  const {kind, totes, preview, rule} = known;
  return el(
    'section',
    {class: 'plan'},
    el('h2', {}, say('plan')),
    rule !== null && el('p', {class: 'hint'}, say(`rule_${rule}` as Word)),
    el(
      'div',
      {class: 'choice', role: 'group', 'aria-label': say('kinds')},
      ...KINDS.map((each) => {
        const chosen = button(say(`kind_${each}`), each === kind ? 'chosen' : '', () => plan({kind: each}));
        chosen.setAttribute('aria-pressed', String(each === kind));
        return chosen;
      }),
    ),
    kind !== 'single' && stepper(app, totes, (n) => plan({totes: n})),
    el('div', {class: 'preview', 'aria-live': 'polite'}, ...previewLines(app, known)),
    preview !== null && preview.tasks > 0 && button(say('release', {n: preview.tours}), 'big go', release),
  );
}

function stepper({say}: App, totes: number, set: (totes: number) => Promise<void>): HTMLElement {
  const step = (label: string, by: number, word: Word) => {
    const made = button(label, '', () => set(Math.min(100, Math.max(1, totes + by))));
    made.setAttribute('aria-label', say(word));
    return made;
  };
  return el(
    'div',
    {class: 'stepper'},
    step('−', -1, 'fewer_totes'),
    el('b', {}, say('totes', {n: totes})),
    step('+', 1, 'more_totes'),
  );
}

function previewLines({say}: App, {preview}: Waves): (HTMLElement | null)[] {
  if (preview === null) return [el('p', {}, '…')];
  const {tasks, tours, walk_mm, alone_mm} = preview;
  if (tasks === 0) return [el('p', {}, say('nothing_waits'))];
  const saved =
    walk_mm !== null && alone_mm !== null && alone_mm > 0 ? Math.round(100 - (100 * walk_mm) / alone_mm) : null;
  return [
    el('p', {class: 'next'}, `${say('wait', {n: tasks})} → ${say('tours', {n: tours})}`),
    walk_mm === null ? null : el('p', {class: 'walk'}, `${metres(walk_mm)} m`),
    saved === null ? null : el('p', {}, say('walk_saved', {alone: metres(alone_mm ?? 0), percent: saved})),
  ];
}

/** A wave under way: how far each tour is, and who has it. */
export function waveView(app: App, wave: WaveBrief, deeds: Deeds): HTMLElement {
  const {say} = app;
  const time = new Date(wave.created_at).toLocaleTimeString(document.documentElement.lang, {
    hour: '2-digit',
    minute: '2-digit',
  });
  const paused = wave.state === 'paused';
  return el(
    'article',
    {class: paused ? 'wave paused' : 'wave'},
    el('h3', {}, `${say(`kind_${wave.kind}` as Word)} · ${time}`, paused && el('span', {class: 'mark'}, say('paused'))),
    el('p', {class: 'hint'}, say(wave.rule === 'by_hand' ? 'by_hand' : 'by_rule')),
    el('ul', {}, ...wave.tours.filter(({units}) => units > 0).map((tour) => tourRow(app, tour, deeds))),
    el(
      'div',
      {class: 'pair'},
      button(say(paused ? 'go_on' : 'pause'), paused ? 'go' : '', () => deeds.pause(wave)),
      button(say('undo_wave'), 'warn', () => deeds.undo(wave)),
    ),
  );
}

function tourRow(app: App, tour: TourBrief, deeds: Deeds): HTMLElement {
  const {say} = app;
  const over = tour.state !== 'open';
  const done = tour.picked + tour.short;
  const facts = [
    tour.zone === null ? null : say('zone', {zone: tour.zone}),
    say('orders', {n: tour.orders}),
    tour.walk_mm === null ? null : `${metres(tour.walk_mm)} m`,
  ];
  const words = `${say('tour_n', {n: tour.position})} · ${facts.filter((fact) => fact !== null).join(' · ')}`;
  return el(
    'li',
    {class: 'tour'},
    el('b', {}, words),
    el('span', {class: 'holder'}, over ? `✓ ${say('tour_done')}` : whoHas(app, tour)),
    progressBar(say('picked_of', {n: done, of: tour.units}), done, tour.units),
    over
      ? null
      : el(
          'div',
          {class: 'pair'},
          button(say('give'), 'small', () => deeds.give(tour)),
          tour.claimed_by === app.me?.client ? null : button(say('take_it'), 'small', () => deeds.take(tour)),
        ),
  );
}

function whoHas({say}: App, {claimed_by, holder, lease_until}: TourBrief): string {
  if (claimed_by === null) return say('free');
  const name = holder ?? claimed_by;
  return lease_until !== null && Date.parse(lease_until) < Date.now() ? say('had_it', {name}) : name;
}
