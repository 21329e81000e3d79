import type {Same} from '../catalogue.ts';
import type {EN} from './en.ts';

export const DE: Same<typeof EN> = {
  loading: 'Wird geladen',
  retry: 'Noch einmal',
  close: 'Schließen',
  cancel: 'Abbrechen',
  undo: 'Rückgängig',
  failed: 'Das hat nicht geklappt',
  no_answer: 'Der Dienst hat nicht geantwortet. Prüfen Sie Ihr Netz und versuchen Sie es noch einmal.',
  request_id: 'Anfrage {id}',
  nothing: 'Hier ist nichts',
  search: 'Suchen',
  clear: 'Leeren',
  pick_all: 'Alle auswählen',
  pick_row: '{name} auswählen',
  required: 'Pflichtfeld',
  progress_of: '{n} von {of}',
  keys: 'Tastatur',
  keys_help: 'Diese Tasten',
  keys_search: 'Suchen',
  keys_down: 'Nächste Zeile',
  keys_up: 'Zeile davor',
  keys_open: 'Zeile öffnen',
  more: 'Mehr',
  leave: 'Ihre Änderungen sind nicht gespeichert. Seite verlassen und sie verlieren?',
};
