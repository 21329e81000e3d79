import {runEmulator} from '../shared/server.ts';
import {buildCarrierEmulator, optionsFromEnv} from './emulator.ts';

await runEmulator('carrier', (port) => buildCarrierEmulator(optionsFromEnv(process.env)).start(port));
