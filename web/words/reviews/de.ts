import type {Same} from '../catalogue.ts';
import type {EN} from './en.ts';

export const DE: Same<typeof EN> = {
  title: 'Prüfungen',
  fraud: 'Aufträge',
  returns: 'Rücksendungen',
  queues: 'Was geprüft wird',
  none: 'Nichts zu prüfen',
  none_how: 'Was die Regeln einem Menschen überlassen, erscheint hier von selbst.',
  order: 'Auftrag',
  score: 'Risiko',
  reasons: 'Gründe',
  deadline: 'Frist',
  owner: 'Bei wem',
  requested: 'Angefragt',
  worth: 'Wert',
  open_order: 'Auftrag öffnen',
  parts: 'Was den Wert ausmacht',
  key_approve: 'Freigeben',
  key_reject: 'Ablehnen',
  keys: 'j und k wählen, a gibt frei, r lehnt ab.',
};
