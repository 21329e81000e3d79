import {runEmulator} from '../shared/server.ts';
import {buildStripeEmulator} from './emulator.ts';

const {env} = process;

await runEmulator('stripe', (port) =>
  buildStripeEmulator({
    booksDir: env['BOOKS_DIR'] ?? '.data/stripe',
    webhookUrl: env['WEBHOOK_URL'],
    webhookSecret: env['WEBHOOK_SECRET'],
    webhookEvents: env['WEBHOOK_EVENTS']?.split(','),
    multicapture: env['STRIPE_EMULATOR_MULTICAPTURE'] === '1',
    extended: env['STRIPE_EMULATOR_EXTENDED'] === '1',
    env,
  }).start(port),
);
