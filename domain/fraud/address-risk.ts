import {rejecting, riskPart, unit} from './part.ts';
import type {RiskPart} from './part.ts';
import type {FraudFacts, FraudLimits} from './score.ts';

/** An address alone lifts no score above this (offices, lockers, student halls share one). */
const ADDRESS_CAP = 0.5;

/**
 * The address rules, clipped one after the other to the room that is left: up to 0.5 in all beside suspicious
 * behaviour, else only as much as takes the whole score to 0.5.
 */
export function addressParts(
  facts: FraudFacts,
  limits: FraudLimits,
  other: {suspicious: boolean; scored: number},
): RiskPart[] {
  const cap = Math.min(ADDRESS_CAP, limits.review_above);
  let room = other.suspicious ? cap : Math.max(0, cap - other.scored);
  return unclipped(facts, limits).map((part) => {
    const clipped = riskPart(part.name, Math.min(part.contribution, room), part.reason);
    room -= clipped.contribution;
    return clipped;
  });
}

/** A blocklisted address with suspicious behaviour: the two together are rejected. */
export function escalation(facts: FraudFacts, limits: FraudLimits, suspicious: boolean): RiskPart[] {
  const cap = Math.min(ADDRESS_CAP, limits.review_above);
  const lift = facts.address.blocklisted && suspicious ? rejecting(limits.reject_above) - cap : 0;
  return [riskPart('blocklist_with_suspicion', lift, 'A blocked address comes together with suspicious behaviour.')];
}

function unclipped(facts: FraudFacts, limits: FraudLimits): RiskPart[] {
  const {address, velocity} = facts;
  const busy = unit((velocity.address - 1) / Math.max(1, limits.velocity_per_hour));
  return [
    riskPart('blocklisted_address', address.blocklisted ? ADDRESS_CAP : 0, 'The address is on the blocklist.'),
    riskPart(
      'country_mismatch',
      address.country_mismatch ? 0.12 : 0,
      'The country of card or phone differs from the country of delivery.',
    ),
    riskPart('geo_mismatch', address.geo_mismatch ? 0.12 : 0, 'The coordinates do not lie in the country of delivery.'),
    riskPart('velocity_address', 0.1 * busy, `${velocity.address} orders went to this address within an hour.`),
  ];
}
