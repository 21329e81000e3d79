import type {TourBrief} from './api.ts';
import {type App, heardBy, type Screen, topBar, toldLine} from './app.ts';
import type {Deed} from './deed.ts';
import {button, el, run} from './dom.ts';
import {assignTour, fetchStaff, type Person} from './waves-api.ts';

const PICKS = ['picker', 'warehouse_lead'];

/** Who a tour is given to: one who picks here, or whoever comes first. */
export function peopleScreen(app: App, tour: TourBrief, back: () => void, deed: Deed): Screen {
  let people: Person[] = [];
  const {say} = app;
  const give = async (to: string | null, name: string) => {
    back();
    await deed(assignTour(tour.tour_id, to), () => say(to === null ? 'given_to_all' : 'given_to', {name}));
  };
  run(async () => {
    const heard = await fetchStaff(app.me?.warehouse ?? '');
    if (!heardBy(app, heard) || heard.status !== 200) return;
    people = heard.body.filter(({active, roles}) => active && PICKS.some((role) => roles.includes(role)));
    app.redraw();
  })();
  return {
    draw: () =>
      el(
        'main',
        {},
        topBar(app),
        el('h1', {}, say('give_tour', {n: tour.position})),
        tour.holder !== null && el('p', {class: 'hint'}, say('has_it', {name: tour.holder})),
        toldLine(app),
        el(
          'div',
          {class: 'menu'},
          ...people.map(({staff_id, name}) =>
            button(`${name} · ${staff_id}`, 'big', () => give(`staff:${staff_id}`, name)),
          ),
          button(say('anybody'), 'big', () => give(null, '')),
        ),
        el('div', {class: 'foot'}, button(say('cancel'), 'plain', back)),
      ),
  };
}
