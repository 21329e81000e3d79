// A whole system: database, Temporal, emulators, workers, relay and API, in one data folder.
import {existsSync, mkdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {endStale, forgetSupervisor, recordSupervisor, runningSupervisor} from './leftovers.mjs';
import {silent, Trouble} from './log.mjs';
import {createDatabase, migrate} from './migrate.mjs';
import {accepts, HOST, isFree} from './net.mjs';
import {DIST, defaultDataDir, WORKFLOW_BUNDLE} from './paths.mjs';
import {postgresService, urlOf} from './postgres.mjs';
import {developmentKeys, emptyDataDir, keepPorts, openDataDir, secrets, sharedClock, write} from './state.mjs';
import {Supervisor} from './supervisor.mjs';
import {prepareNamespace, temporalService} from './temporal.mjs';
import {findTemporal} from './temporal-binary.mjs';

// What makes a system use something from outside; one of its own must not see any of it.
// What the service listens to; a real account's endpoint is set up with the same list.
const STRIPE_EVENTS = [
  'payment_intent.amount_capturable_updated',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
];

const OUTSIDE = [
  'DATABASE_URL',
  'TEMPORAL_ADDRESS',
  'TEMPORAL_API_KEY',
  'TEMPORAL_NAMESPACE',
  'STRIPE_SECRET_KEY',
  'STRIPE_API_BASE',
  'STRIPE_WEBHOOK_SECRET',
  'EASYPOST_API_KEY',
  'EASYPOST_API_BASE',
  'EASYPOST_WEBHOOK_SECRET',
  'SMTP_URL',
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_FROM',
  'TWILIO_API_BASE',
  'KAFKA_BROKERS',
  'PUBLIC_URL',
  'MASTER_KEY',
  'INDEX_KEY',
];

const STOP_ORDER = [
  (name) => name === 'audit',
  (name) => name === 'api',
  (name) => name === 'relay' || name.startsWith('worker-'),
  (name) => ['stripe', 'carrier', 'mail', 'sms', 'supplier'].includes(name),
  (name) => name === 'temporal',
  (name) => name === 'postgres',
];

/**
 * Starts a system and resolves once its API serves. `isolated` (the default) keeps it away from every outside
 * service the environment names. `port: 0` takes a free one. Needs `prepare()` to have run.
 * See up.d.mts for the options and what comes back.
 */
export async function startSystem(options = {}) {
  const system = new System(options);
  try {
    await system.start();
  } catch (error) {
    await system.stop();
    throw error;
  }
  return system.handle();
}

class System {
  constructor(options) {
    const {dataDir, port = 0, speed, policy, fresh = false, log = silent, workers = 1} = options;
    const {env = {}, isolated = true, reroute, audit, postgres = {}} = options;
    Object.assign(this, {port, speed, policy, fresh, log, workers, reroute, audit, postgres});
    this.settings = {...process.env, ...env};
    if (isolated) for (const name of OUTSIDE) if (env[name] === undefined) delete this.settings[name];
    this.dataDir = dataDir ?? defaultDataDir(this.settings);
    this.missing = [];
    this.blank = Object.fromEntries(OUTSIDE.filter((name) => !this.settings[name]).map((name) => [name, undefined]));
    this.env = env;
  }

  async start() {
    this.#refuseRealMoneyInFastTime();
    await this.#takeDataDir();
    const temporalProgram = this.settings.TEMPORAL_ADDRESS ? null : await findTemporal(this.log);
    await this.#readState();
    this.supervisor = new Supervisor({dataDir: this.dataDir, log: this.log});
    await allOrFirstError([this.#database(), this.#temporal(temporalProgram), ...this.#emulators()]);
    this.#describe();
    this.detours = (await this.reroute?.(this.urls)) ?? {};
    const product = (name, file, env) => this.#own(name, file, {...this.detours, ...env});
    const ours = [
      ...Array.from({length: this.workers}, (_, i) => product(`worker-${i + 1}`, 'workers/main.js')),
      product('relay', 'workers/relay-main.js'),
      product('api', 'api/main.js', {PORT: String(this.apiPort)}),
    ];
    await allOrFirstError(ours);
    write(join(this.dataDir, 'run', 'urls.json'), this.urls);
    if (this.audit) void this.#audit();
  }

  /** Real providers live in real time: neither a faster clock nor one that is ahead because it was faster once. */
  #refuseRealMoneyInFastTime() {
    const real = ['STRIPE_SECRET_KEY', 'EASYPOST_API_KEY', 'TWILIO_ACCOUNT_SID']
      .filter((name) => this.settings[name])
      .join(' and ');
    if (!real) return;
    if (this.speed !== undefined && this.speed !== 1) {
      throw new Trouble(`--speed ${this.speed} is for the emulators only: unset ${real}, or leave out --speed.`);
    }
    if (this.clock && (this.clock.speed !== 1 || this.clock.t0 !== this.clock.real0)) {
      throw new Trouble(
        `The clock of ${this.dataDir} has run fast and is not the real time any more. ` +
          `Unset ${real}, or take another folder: --data-dir D.`,
      );
    }
  }

  async #takeDataDir() {
    const other = runningSupervisor(this.dataDir);
    if (other && other.pid !== process.pid) {
      throw new Trouble(
        `Waybill already runs from ${this.dataDir} (process ${other.pid}). ` +
          'Stop that one with Ctrl-C, or give this one a folder of its own: --data-dir D --port N.',
      );
    }
    openDataDir(this.dataDir);
    await endStale(this.dataDir, {log: this.log});
    if (this.fresh) {
      if (this.settings.DATABASE_URL) {
        throw new Trouble(
          '--fresh does not empty the database that DATABASE_URL names. Empty it yourself, or unset it.',
        );
      }
      emptyDataDir(this.dataDir);
      openDataDir(this.dataDir);
    }
    recordSupervisor(this.dataDir);
    this.owned = true;
  }

  async #readState() {
    const {file, keys, people} = developmentKeys(this.dataDir);
    Object.assign(this, {keysFile: file, keys, people, secrets: secrets(this.dataDir)});
    this.clock = sharedClock(this.dataDir, this.speed);
    this.#refuseRealMoneyInFastTime();
    if (this.port !== 0 && !(await isFree(this.port))) {
      throw new Trouble(
        `Port ${this.port} is taken by another program. Stop that one, or choose another port: npm start -- --port ${this.port + 1}`,
      );
    }
    const names = ['postgres', 'temporal', 'temporalUi', 'stripe', 'carrier', 'mail', 'smtp', 'sms', 'supplier'];
    this.ports = await keepPorts(this.dataDir, this.port === 0 ? ['api', ...names] : names);
    this.apiPort = this.port === 0 ? this.ports.api : this.port;
    this.api = `http://${HOST}:${this.apiPort}`;
  }

  async #database() {
    if (this.settings.DATABASE_URL) {
      this.database = this.settings.DATABASE_URL;
    } else {
      const folder = join(this.dataDir, 'postgres');
      const password = this.secrets.postgresPassword;
      const {service, url} = await postgresService({
        folder,
        port: this.ports.postgres,
        password,
        settings: this.postgres,
      });
      await this.supervisor.start(service);
      this.database = urlOf(url, 'waybill');
      await createDatabase(url, 'waybill');
    }
    const began = Date.now();
    const applied = await migrate(this.database);
    if (applied.length > 0) this.log.done(`database migrated (${applied.length})`, Date.now() - began);
  }

  async #temporal(program) {
    this.namespace = this.settings.TEMPORAL_NAMESPACE || 'default';
    if (program === null) return this.#temporalOfTheUser();
    const folder = join(this.dataDir, 'temporal');
    mkdirSync(folder, {recursive: true});
    const {temporal: port, temporalUi: uiPort} = this.ports;
    await this.supervisor.start(temporalService({program, port, uiPort, folder}));
    this.temporal = `${HOST}:${port}`;
    this.temporalUi = `http://${HOST}:${uiPort}`;
    await prepareNamespace(this.temporal, {keep: true});
  }

  async #temporalOfTheUser() {
    this.temporal = this.settings.TEMPORAL_ADDRESS;
    this.temporalUi = this.settings.TEMPORAL_UI_URL ?? '';
    const [host, port = '7233'] = this.temporal.split(':');
    if (!(await accepts(Number(port), host, 5_000))) {
      throw new Trouble(`No Temporal answers at TEMPORAL_ADDRESS=${this.temporal}. Start it, or unset the variable.`);
    }
    await prepareNamespace(this.temporal, {namespace: this.namespace, seconds: 3, env: this.settings}).catch(
      (error) => {
        this.log.notice(`${this.temporal}: namespace or search attributes could not be prepared (${error.message})`);
      },
    );
  }

  #emulators() {
    const {stripe, carrier, mail, smtp, sms, supplier} = this.ports;
    const emulator = (name, entry, env) => this.#own(name, entry, {BOOKS_DIR: join(this.dataDir, name), ...env});
    const hook = (path, secret) => ({WEBHOOK_URL: `${this.api}/v1/webhooks/${path}`, WEBHOOK_SECRET: secret});
    const starts = [];
    if (!this.settings.STRIPE_SECRET_KEY) {
      this.stripe = `http://${HOST}:${stripe}`;
      const WEBHOOK_EVENTS = STRIPE_EVENTS.join();
      const env = {PORT: String(stripe), WEBHOOK_EVENTS, ...hook('stripe', this.secrets.stripeWebhookSecret)};
      starts.push(emulator('stripe', 'emulators/stripe/main.js', env));
    }
    if (!this.settings.EASYPOST_API_KEY) {
      this.carrier = `http://${HOST}:${carrier}`;
      const env = {PORT: String(carrier), ...hook('easypost', this.secrets.easypostWebhookSecret)};
      starts.push(emulator('carrier', 'emulators/easypost/main.js', env));
      // where parcels are played, so are suppliers: they are told who they are through their control interface
      this.supplier = `http://${HOST}:${supplier}`;
      starts.push(emulator('supplier', 'emulators/supplier/main.js', {PORT: String(supplier)}));
    }
    if (!this.settings.TWILIO_ACCOUNT_SID) {
      this.sms = `http://${HOST}:${sms}`;
      const hook = {AUTH_TOKEN: this.secrets.twilioAuthToken, WEBHOOK_URL: `${this.publicUrl()}/v1/webhooks/twilio`};
      starts.push(emulator('sms', 'emulators/sms/main.js', {PORT: String(sms), ...hook}));
    }
    if (!this.settings.SMTP_URL) {
      this.mail = `http://${HOST}:${mail}`;
      const env = {PORT: String(mail), SMTP_PORT: String(smtp), ...(this.sms && {SMS_URL: this.sms})};
      starts.push(emulator('mail', 'emulators/mail/main.js', env));
    }
    return starts;
  }

  publicUrl() {
    return this.settings.PUBLIC_URL || this.api;
  }

  /** What every process of ours is told; a setting that the user made wins over ours. */
  #environment() {
    const {settings, secrets: own} = this;
    const environment = {
      DATA_DIR: this.dataDir,
      WAYBILL_CLOCK: JSON.stringify(this.clock),
      WAYBILL_KEYS_FILE: this.keysFile,
      WORKFLOW_BUNDLE,
      DATABASE_URL: this.database,
      TEMPORAL_ADDRESS: this.temporal,
      TEMPORAL_NAMESPACE: this.namespace,
      TEMPORAL_UI_URL: this.temporalUi,
      PUBLIC_URL: this.publicUrl(),
      MASTER_KEY: settings.MASTER_KEY || own.masterKey,
      INDEX_KEY: settings.INDEX_KEY || own.indexKey,
    };
    if (this.policy) environment.WAYBILL_POLICY = this.policy;
    if (this.stripe) {
      environment.STRIPE_SECRET_KEY = 'sk_test_emulator';
      environment.STRIPE_API_BASE = this.stripe;
      environment.STRIPE_WEBHOOK_SECRET = own.stripeWebhookSecret;
      environment.SHOP_PAYMENT_URL = settings.SHOP_PAYMENT_URL || `${this.stripe}/bank`;
    }
    if (this.carrier) {
      environment.EASYPOST_API_KEY = 'EZTK_emulator';
      environment.EASYPOST_API_BASE = `${this.carrier}/v2/`;
      environment.EASYPOST_WEBHOOK_SECRET = own.easypostWebhookSecret;
    }
    if (this.supplier) environment.OUTBOUND_LOCAL = 'true';
    if (this.sms) {
      environment.TWILIO_ACCOUNT_SID = `AC${'0'.repeat(32)}`;
      environment.TWILIO_AUTH_TOKEN = own.twilioAuthToken;
      environment.TWILIO_FROM = '+15005550006';
      environment.TWILIO_API_BASE = this.sms;
    }
    if (this.mail) {
      environment.SMTP_URL = `smtp://${HOST}:${this.ports.smtp}`;
      environment.MAIL_URL = this.mail;
    }
    return environment;
  }

  async #own(name, file, env = {}, args = []) {
    const entry = join(DIST, file);
    if (!existsSync(entry)) {
      this.missing.push(name);
      return this.log.notice(`${name}: dist/${file} is not there, going on without it`);
    }
    const all = {...this.blank, ...this.#environment(), ...this.env, SERVICE_NAME: name, ...env};
    const message = await this.supervisor.start({name, entry, args, env: all});
    if (name === 'api') this.pages = message.pages;
  }

  /** Beside the system, which must neither wait for it nor end with it. */
  async #audit() {
    const args = ['--every', this.audit];
    await this.#own('audit', 'simulation/audit-main.js', {}, args).catch((error) => {
      if (!this.stopped) this.log.notice(`going on without the audit: ${error.message}`);
    });
  }

  #describe() {
    const described = {
      api: this.api,
      ui: this.temporalUi,
      stripe: this.stripe,
      carrier: this.carrier,
      mail: this.mail,
      sms: this.sms,
      supplier: this.supplier,
      temporal: this.temporal,
      database: this.database,
      smtp: this.mail && `smtp://${HOST}:${this.ports.smtp}`,
    };
    this.urls = Object.fromEntries(Object.entries(described).map(([name, url]) => [name, url || null]));
  }

  async stop() {
    this.stopped ??= this.#stop();
    await this.stopped;
  }

  async #stop() {
    await this.supervisor?.stop(STOP_ORDER);
    if (this.owned) forgetSupervisor(this.dataDir);
  }

  handle() {
    const {supervisor, dataDir, urls, keys, people, missing, pages, clock} = this;
    return {
      dataDir,
      urls,
      keys,
      people,
      missing,
      pages,
      clock,
      env: this.#environment(),
      names: () => supervisor.names(),
      pid: (name) => supervisor.pid(name),
      kill: (name, signal) => supervisor.kill(name, signal),
      stop: () => this.stop(),
      /** Stops and deletes the data folder: for systems made for one run. */
      discard: async () => {
        await this.stop();
        emptyDataDir(dataDir);
        rmSync(dataDir, {recursive: true, force: true});
      },
    };
  }
}

/** Like Promise.all, but a failure is passed on only when the others have settled: nothing starts behind a stop. */
async function allOrFirstError(promises) {
  const results = await Promise.allSettled(promises);
  const failed = results.find(({status}) => status === 'rejected');
  if (failed) throw failed.reason;
  await sleep(0);
}
