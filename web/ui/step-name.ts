import type {Say} from '../words/catalogue.ts';
import type {stepWords} from '../words/steps/index.ts';

/** A step of an order's history in the reader's words; its code where a newer service knows steps that the page does not. */
export const nameOfStep = (say: Say<typeof stepWords.en>, type: string): string =>
  say.maybe(type.replace('.', '_')) ?? type.replace(/^.*?\./, '').replaceAll('_', ' ');

/** Who did it, as people call each other: those of the house sign in under their login. */
export const nameOfActor = (actor: string): string => actor.replace(/^staff:/, '');
