import type {App} from './app.ts';
import {button, el, run} from './dom.ts';
import {hasCamera, watchCamera} from './scanner.ts';

const video = el('video', {class: 'camera', muted: true, playsinline: true, 'aria-hidden': 'true'});
let stop: (() => void) | null = null;

/** Switches the camera on and off where the browser reads barcodes; nothing is offered where it does not. */
export function cameraButton(app: App, scanned: (code: string) => void): HTMLElement {
  document.body.classList.toggle('with-camera', hasCamera());
  if (!hasCamera()) return el('div', {hidden: true});
  const toggle = async () => {
    if (stop) {
      stop();
      stop = null;
      return app.redraw();
    }
    try {
      stop = await watchCamera(video, scanned);
      app.redraw();
    } catch {
      app.tell('bad', app.say('camera_no'));
    }
  };
  const label = app.say(stop ? 'camera_off' : 'camera');
  return el('div', {class: 'cam'}, stop && video, button(label, 'plain', run(toggle)));
}
