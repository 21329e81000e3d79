import {startTestApi, type TestApi} from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const addressIn = (page: string, pattern: RegExp) => String(pattern.exec(page)?.[1]);

describe('pages of the office', () => {
  it('come with a policy that lets in nothing but our own files', async () => {
    for (const path of ['/desk', '/desk/support/orders/ord_1']) {
      const answer = await api.anonymous.get(path).expect(200);
      expect(answer.headers['content-security-policy']).toContain("script-src 'self'; style-src 'self'");
      expect(answer.text).not.toMatch(/<script(?![^>]*src=)|<style|style=|onclick/);
    }
  });

  it('come in the language and colours chosen before, else the browser’s', async () => {
    const chosen = await api.anonymous.get('/desk').set('Cookie', 'waybill_look=ar.dark');
    expect(chosen.text).toContain('<html lang="ar" dir="rtl" data-theme="dark"');
    const asked = await api.anonymous.get('/desk').set('Accept-Language', 'de-AT, en;q=0.5');
    expect(asked.text).toContain('<html lang="de" dir="ltr" data-development data-nobody>');
    const forged = await api.anonymous.get('/desk').set('Cookie', 'waybill_look="><script>.dark');
    expect(forged.text).toContain('<html lang="en" dir="ltr"');
  });

  it('load files that are kept for ever, compressed for who can read that', async () => {
    const {text} = await api.anonymous.get('/desk');
    for (const [pattern, type] of [
      [/src="(\/assets\/[^"]+\.js)"/, 'text/javascript'],
      [/href="(\/assets\/[^"]+\.css)"/, 'text/css'],
    ] as const) {
      const path = addressIn(text, pattern);
      const small = await api.anonymous.get(path).expect(200);
      expect(small.headers).toMatchObject({
        'content-encoding': 'gzip',
        'cache-control': 'public, max-age=31536000, immutable',
      });
      expect(small.headers['content-type']).toContain(type);
      const plain = await api.anonymous.get(path).set('Accept-Encoding', 'identity').expect(200);
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(plain.text).toBe(small.text);
    }
  });

  it('serve nothing but what was built', async () => {
    for (const path of ['/assets/../manifest.json', '/assets/%2e%2e/manifest.json', '/assets/none.js'])
      await api.anonymous.get(path).expect(404);
  });
});
