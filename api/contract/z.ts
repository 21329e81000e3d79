import {extendZodWithOpenApi} from '@asteasolutions/zod-to-openapi';
import {z} from 'zod';

// Must run before the first schema is made: it teaches every schema `.openapi()`.
extendZodWithOpenApi(z);

export {z};
