import type {TestApi} from './api.ts';

/** What the floor's own pages send with everything that changes something. */
export const OWN_PAGE = {'X-Waybill-Page': '1'};
export const ANN = {name: 'Ann', warehouse: 'WH-NY-1', roles: ['picker', 'packer']};

/** People of the floor, and the shared device they sign in on. */
export function staffOf(api: () => TestApi) {
  /** Returns the badge. */
  const hire = async (id: string, person: object = ANN, pin = '4711'): Promise<string> => {
    await api().as('ops').put(`/v1/staff/${id}`, person).expect(200);
    const {body} = await api().as('ops').post(`/v1/staff/${id}/credentials`, {badge: true, pin}).expect(200);
    return body.badge;
  };

  const signIn = (body: object) => api().as('device').post('/v1/floor/sign-in', body);

  const sessionOf = async (body: object): Promise<string> => {
    const {headers} = await signIn(body).expect(200);
    return String(headers['set-cookie']?.[0]?.split(';')[0]);
  };

  const me = (Cookie: string) => api().anonymous.get('/v1/floor/me').set({Cookie});

  return {hire, signIn, sessionOf, me};
}
