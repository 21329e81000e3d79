import {code, currency, givenTime, money, time} from './common.ts';
import {operation} from './operation.ts';
import {z} from './z.ts';

const count = z.int().min(1).max(1_000_000_000);

const terms = z.strictObject({
  percent_bp: z.int().min(1).max(10_000).nullish(),
  amount: money.nullish(),
  valid_from: givenTime.nullish(),
  valid_until: givenTime.nullish(),
  max_uses: count.nullish(),
  max_uses_per_customer: count.nullish(),
  minimum_spend: money.nullish(),
  combinable: z.boolean(),
  currency: currency.nullish(),
});

export const promoBody = terms
  .superRefine((body, context) => {
    for (const [path, message] of contradictions(body)) context.addIssue({code: 'custom', path: [path], message});
  })
  .openapi('PromoCodeInput', {
    description:
      'either `percent_bp` (basis points of the value of the goods, 1000 = 10 %) or `amount`; what is left out is no limit; ' +
      '`currency` is that of the amounts, and alone limits the code to orders in it',
  });

function* contradictions(body: z.output<typeof terms>): Generator<[string, string]> {
  const {percent_bp, amount, minimum_spend, valid_from, valid_until} = body;
  if (!percent_bp === !amount) yield ['percent_bp', 'give either percent_bp or amount'];
  if (amount?.amount === 0) yield ['amount', 'must be more than nothing'];
  const currencies = [body.currency, amount?.currency, minimum_spend?.currency].filter((one) => one);
  if (new Set(currencies).size > 1) yield ['currency', 'all amounts of a code are in one currency'];
  if (valid_from && valid_until && Date.parse(valid_from) >= Date.parse(valid_until))
    yield ['valid_until', 'must be later than valid_from'];
}

export const promoAnswer = z
  .object({
    code,
    percent_bp: z.int().nullable(),
    amount: money.nullable(),
    valid_from: time.nullable(),
    valid_until: time.nullable(),
    max_uses: z.int().nullable(),
    max_uses_per_customer: z.int().nullable(),
    minimum_spend: money.nullable(),
    combinable: z.boolean(),
    currency: currency.nullable(),
    used: z.int(),
  })
  .openapi('PromoCode', {description: '`used` counts the orders that use the code, cancelled ones left out'});

const tag = 'Catalogue';

export const putPromoCode = operation({
  id: 'putPromoCode',
  method: 'put',
  path: '/v1/promo-codes/{code}',
  tag,
  summary: 'Creates a promo code or replaces its terms; uses stay counted',
  params: z.object({code}),
  body: promoBody,
  answers: {200: promoAnswer},
  problems: ['changed_meanwhile'],
});

export const getPromoCode = operation({
  id: 'getPromoCode',
  method: 'get',
  path: '/v1/promo-codes/{code}',
  tag,
  summary: 'A promo code with its uses so far',
  params: z.object({code}),
  answers: {200: promoAnswer},
  problems: ['not_found'],
});
