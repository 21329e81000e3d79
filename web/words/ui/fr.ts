import type {Same} from '../catalogue.ts';
import type {EN} from './en.ts';

export const FR: Same<typeof EN> = {
  loading: 'Chargement',
  retry: 'Réessayer',
  close: 'Fermer',
  cancel: 'Annuler',
  undo: 'Annuler cette action',
  failed: 'Cela n’a pas fonctionné',
  no_answer: 'Le service n’a pas répondu. Vérifiez votre connexion et réessayez.',
  request_id: 'Demande {id}',
  nothing: 'Il n’y a rien ici',
  search: 'Rechercher',
  clear: 'Effacer',
  pick_all: 'Tout sélectionner',
  pick_row: 'Sélectionner {name}',
  required: 'obligatoire',
  progress_of: '{n} sur {of}',
  keys: 'Clavier',
  keys_help: 'Ces touches',
  keys_search: 'Rechercher',
  keys_down: 'Ligne suivante',
  keys_up: 'Ligne précédente',
  keys_open: 'Ouvrir la ligne',
  more: 'Plus',
  leave: 'Vos modifications ne sont pas enregistrées. Quitter la page et les perdre ?',
};
