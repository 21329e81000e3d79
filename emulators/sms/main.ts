import {runEmulator} from '../shared/server.ts';
import {buildSmsEmulator, optionsFromEnv} from './emulator.ts';

await runEmulator('sms', (port) => buildSmsEmulator(optionsFromEnv(process.env)).start(port));
