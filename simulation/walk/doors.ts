import type {Page} from '../browser/chromium.ts';
import type {Window} from './window.ts';

export interface Person {
  login: string;
  password: string;
}

export interface FloorPerson {
  name: string;
  warehouse: string;
  /** of the page they work on, with the key that makes the browser a device */
  path: string;
  staff_id: string;
  pin: string;
}

/** Who may come in where, as the start page of a development start tells. */
export interface Doors {
  office: Readonly<Record<string, Person>>;
  floor: readonly FloorPerson[];
  mail: string;
}

interface Row {
  name: string;
  href: string;
  codes: string[];
}

const rowsOf = (page: Page, title: string): Promise<Row[]> =>
  page
    .locator('section.card')
    .filter({has: page.getByRole('heading', {name: title, exact: true})})
    .locator('li')
    .evaluateAll((rows) =>
      rows.map((row) => ({
        name: row.querySelector('a')?.textContent ?? '',
        href: row.querySelector('a')?.getAttribute('href') ?? '',
        codes: [...row.querySelectorAll('code')].map((code) => code.textContent),
      })),
    );

export async function readDoors({page}: Window): Promise<Doors> {
  const [office, floor, running] = await Promise.all(
    ['Office', 'Floor', 'What runs'].map((title) => rowsOf(page, title)),
  );
  const people = (floor ?? []).flatMap(({name: told, href: path, codes: [staff_id, pin]}): FloorPerson[] => {
    const [name = '', warehouse = ''] = told.split(', ');
    return staff_id && pin ? [{name, warehouse, path, staff_id, pin}] : [];
  });
  const desks = (office ?? []).map(({name, codes: [login = '', password = '']}) => [name, {login, password}]);
  return {
    office: Object.fromEntries(desks),
    floor: people,
    mail: (running ?? []).find(({name}) => name === 'Mail')?.href ?? '',
  };
}

/** Somebody of the office comes in, to the page they asked for. */
export async function signIn(window: Window, person: Person | undefined, path: string): Promise<void> {
  if (!person) throw new Error('the start page names nobody for this desk');
  await window.go(path);
  await window.page.getByLabel(/^Login/).fill(person.login);
  await window.page.getByLabel(/^Password/).fill(person.password);
  await window.press('Sign in');
  await window.page.locator('.desk-bar').waitFor();
}
