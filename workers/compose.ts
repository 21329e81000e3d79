import {createClock, type ServiceClock} from '../adapters/clock.ts';
import {createEasypostCarrier} from '../adapters/easypost.ts';
import {createMailer} from '../adapters/mail.ts';
import {createStripeGateway} from '../adapters/stripe.ts';
import {createStripeEvents} from '../adapters/stripe-events.ts';
import {createSupplierChannel} from '../adapters/supplier-channel.ts';
import {createTwilioGateway} from '../adapters/twilio.ts';
import type {Carrier, PaymentGateway, ProviderEvents, SupplierChannel, TextGateway} from '../activities/ports.ts';
import type {Settings} from '../config/settings.ts';
import {openStore, type StoreContext} from '../store/context.ts';
import {createVault} from '../store/vault.ts';

/** The real neighbours behind the ports, from the settings. */
export function composeStore(settings: Settings, clock: ServiceClock, connections: number): StoreContext {
  return openStore({
    databaseUrl: settings.databaseUrl,
    vault: createVault({masterKey: settings.masterKey, indexKey: settings.indexKey}),
    now: () => new Date(clock.now()),
    connections,
  });
}

export function composePayments(settings: Settings): PaymentGateway {
  const {secretKey, apiBase} = settings.stripe;
  return createStripeGateway({secretKey, ...(apiBase ? {apiBase} : {})});
}

export function composeHoldEvents(settings: Settings): ProviderEvents {
  const {secretKey, apiBase} = settings.stripe;
  return createStripeEvents({secretKey, ...(apiBase ? {apiBase} : {})});
}

export function composeCarrier(settings: Settings): Carrier {
  const {apiKey, apiBase} = settings.easypost;
  return createEasypostCarrier({apiKey, ...(apiBase ? {baseUrl: apiBase} : {})});
}

export function composeSuppliers({mail, outboundLocal}: Settings, clock: ServiceClock): SupplierChannel {
  return createSupplierChannel({notifier: createMailer(mail), now: () => clock.now(), allowLocal: outboundLocal});
}

/** Undefined where no provider of texts is set. */
export function composeTexts({twilio, publicUrl}: Settings): TextGateway | undefined {
  if (!twilio) return undefined;
  const {accountSid, authTokens, from, apiBase} = twilio;
  return createTwilioGateway({
    ...{accountSid, authToken: authTokens[0] ?? '', from},
    ...(apiBase ? {baseUrl: apiBase} : {}),
    callbackUrl: (id) => `${publicUrl}/v1/webhooks/twilio/${id}`,
  });
}

export {createClock};
