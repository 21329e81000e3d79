import type {Same} from '../catalogue.ts';
import type {EN} from './en.ts';

export const DE: Same<typeof EN> = {
  title: 'Waybill',
  rooms: 'Bereiche',
  room_support: 'Kundendienst',
  room_reviews: 'Prüfungen',
  room_ops: 'Betrieb',
  room_setup: 'Einrichtung',
  room_planner: 'Planung',
  room_kit: 'Bausteine',
  skip: 'Zum Inhalt',
  menu: 'Menü',
  look: 'Aussehen und Sprache',
  language: 'Sprache',
  theme: 'Farben',
  theme_system: 'Wie das System',
  theme_light: 'Hell',
  theme_dark: 'Dunkel',
  nowhere: 'Diese Seite gibt es nicht',
  nowhere_how: 'Vielleicht ist die Adresse vertippt, oder Ihnen fehlt die Rolle dafür.',
  not_there: '{room} gibt es noch nicht',
  not_there_how: 'Der Platz ist frei gehalten und öffnet sich hier, sobald der Bereich gebaut ist.',
};
