import {register} from 'node:module';

/** What is loaded instead of what, and for whom. */
const STAND_INS: readonly {name: string; instead: string; from: string}[] = [
  {name: '@temporalio/workflow', instead: './workflow.js', from: '/'},
  {name: 'stripe', instead: '../provider/stripe-sdk.js', from: '/adapters/'},
  {name: '@easypost/api', instead: '../provider/easypost-sdk.js', from: '/adapters/'},
  {name: 'node:crypto', instead: './crypto.js', from: '/store/'},
];

/** Makes later imports of these modules get the model's own. Call it before the product's code is loaded. */
export function substitute(): void {
  const table = STAND_INS.map(({instead, ...rest}) => ({...rest, url: new URL(instead, import.meta.url).href}));
  const hook = `
    const table = ${JSON.stringify(table)};
    export async function resolve(specifier, context, next) {
      const parent = context.parentURL ?? '';
      const found = table.find((one) => one.name === specifier && parent.includes(one.from) && !parent.includes('node_modules'));
      const own = found && !parent.includes('/test/model/engine/');
      return own ? {url: found.url, shortCircuit: true} : next(specifier, context);
    }`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
}
