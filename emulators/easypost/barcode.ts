import {toBuffer} from 'bwip-js/node';

/** Code 128 of the text as PNG, black on white, without text under it. */
export function code128(text: string): Promise<Buffer> {
  return toBuffer({bcid: 'code128', text, scale: 4, height: 22, includetext: false, backgroundcolor: 'FFFFFF'});
}
