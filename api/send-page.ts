import type {Response} from 'express';

/** A page that holds something of somebody: nobody keeps it, nobody indexes it. */
export function sendPage(response: Response, status: number, page: string): void {
  response.status(status).set({'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex'}).type('text/html').send(page);
}
