// Old syntax on purpose: this file must be readable by the Node that it turns away.
var wanted = [20, 19];
var parts = process.versions.node.split('.').map(Number);
if (parts[0] < wanted[0] || (parts[0] === wanted[0] && parts[1] < wanted[1])) {
  console.error('\nWaybill needs Node ' + wanted.join('.') + ' or newer; this is ' + process.version + '.\n');
  process.exit(1);
}
export {};
