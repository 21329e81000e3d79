import {FORMS_VERSION, formsOf} from '../../domain/search/forms.ts';
import {searchTokens} from '../../domain/text/search-tokens.ts';
import type {StoreContext} from '../../store/context.ts';
import {sealedFor} from '../../store/personal-data.ts';
import {formToken} from '../../store/search-forms.ts';
import {randomStream} from '../../simulation/random.ts';

export interface Person {
  order_id: string;
  number: string;
  name: string;
  email: string;
  phone: string;
  postal_code: string;
}

const FIRST =
  'Ada Ben Cleo Dario Elif Farid Greta Hana Igor Jonas Katarzyna Liam Mariam Nadia Oskar Priya Quentin Rosa Samir Tomás Ursula Viktor Wanda Xenia Yusuf Zoë'.split(
    ' ',
  );
const LAST =
  'Abbott Bianchi Costa Dubois Eriksen Fischer García Haddad Ivanova Jansen Kowalski Lindqvist Müller Nguyen Okafor Petrov Quigley Rossi Schmidt Takahashi Ueda Vogel Wiśniewska Xu Yılmaz Zimmermann'.split(
    ' ',
  );
const TOWNS = ['Boston', 'Albany', 'Denver', 'Seattle', 'Austin', 'Chicago'];

interface Row {
  id: string;
  number: string;
  customer_id: string;
  placed_at: Date;
  wrapped_key: Buffer;
}

/** Every copied order gets a person of its own: sealed as ever, and found as ever. Returns some of them. */
export async function nameThem(store: StoreContext, templates: readonly string[]): Promise<Person[]> {
  const random = randomStream(1, 'desk-people');
  const {rows} = await store.pool.query<Row>(
    `SELECT o.id, o.number, o.customer_id, o.placed_at, k.wrapped_key FROM orders o
       JOIN customer_keys k USING (customer_id) WHERE NOT o.id = ANY($1) ORDER BY o.id`,
    [templates],
  );
  const people: Person[] = [];
  for (let at = 0; at < rows.length; at += 500) {
    const portion = rows.slice(at, at + 500).map((row) => ({row, person: invent(random, row)}));
    await keep(store, portion);
    people.push(...portion.map(({person}) => person));
  }
  return people;
}

type Random = ReturnType<typeof randomStream>;

function invent(random: Random, {id, number}: Row): Person {
  const one = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)] as T;
  const digits = (n: number) => String(Math.floor(random.next() * 10 ** n)).padStart(n, '0');
  const [first, last] = [one(FIRST), one(LAST)];
  const email = `${first}.${last}.${digits(4)}@example.com`.toLowerCase();
  return {order_id: id, number, name: `${first} ${last}`, email, phone: `+1617555${digits(4)}`, postal_code: digits(5)};
}

async function keep(store: StoreContext, portion: readonly {row: Row; person: Person}[]): Promise<void> {
  const {vault, prisma} = store;
  const sealed = portion.flatMap(({row, person}, i) => {
    const {name, email, phone, postal_code} = person;
    const profile = {external_id: row.customer_id, name, email, phone, locale: 'en-US'};
    const town = {city: TOWNS[i % TOWNS.length], region: 'MA', country: 'US', lat: 42.36, lng: -71.06};
    const ship_to = {name, line1: `${1 + (i % 200)} Example Street`, postal_code, ...town};
    const rowOf = (subject: string, field: string, value: unknown) => ({
      ...{subject, field, customer_id: row.customer_id, updated_at: row.placed_at},
      ...vault.seal(row.wrapped_key, sealedFor(subject, field), value),
    });
    return [rowOf(`customer:${row.customer_id}`, 'profile', profile), rowOf(`order:${row.id}`, 'ship_to', ship_to)];
  });
  await prisma.personal_data.createMany({data: sealed, skipDuplicates: true});
  const words = portion.flatMap(({row, person: {name, email, phone}}) =>
    searchTokens({name, email, phone}).map(({kind, value}) => ({
      ...{token: vault.index(kind, value), kind, order_id: row.id, customer_id: row.customer_id},
    })),
  );
  await prisma.blind_index.createMany({data: words, skipDuplicates: true});
  const forms = portion.map(({row, person}, i) => ({
    ...{order_id: row.id, customer_id: row.customer_id, placed_at: row.placed_at, version: FORMS_VERSION},
    tokens: [
      ...new Set(
        formsOf({names: [person.name], ...person, street: `${1 + (i % 200)} Example Street`}).map((form) =>
          formToken(store, form),
        ),
      ),
    ],
  }));
  await prisma.search_forms.createMany({data: forms, skipDuplicates: true});
}
