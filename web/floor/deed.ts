import type {Heard} from './api.ts';
import {type App, heardBy} from './app.ts';

/** Says how a deed went, once its page was looked at again. */
export type Deed = <T>(work: Promise<Heard<T>>, good: (body: T) => string) => Promise<void>;

/** What a lead does needs the network: it is done, looked at, and told. */
export const deedOf =
  (app: App, look: () => Promise<void>): Deed =>
  async (work, good) => {
    const heard = await work;
    if (heard.status === 0) return app.tell('bad', app.say('needs_network'));
    if (!heardBy(app, heard)) return;
    await look();
    if (heard.status === 200) app.tell('good', good(heard.body));
    else app.tell('bad', app.say('refused', {why: heard.problem?.detail ?? ''}));
  };
