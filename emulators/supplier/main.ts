import {runEmulator} from '../shared/server.ts';
import {buildSupplierEmulator} from './emulator.ts';

const booksDir = process.env.BOOKS_DIR;
if (!booksDir) throw new Error('BOOKS_DIR is not set: name a folder for the books of the suppliers');

await runEmulator('supplier', (port) => buildSupplierEmulator({booksDir}).start(port));
