// What the examples need of curl, for machines that have none: -s, -w, -H, -X, -d and one address.
const given = process.argv.slice(2);
const headers = {};
let [method, body, format, url] = [undefined, undefined, '', ''];
while (given.length > 0) {
  const word = given.shift();
  if (word === '-X') method = given.shift();
  else if (word === '-d') body = given.shift();
  else if (word === '-w') format = given.shift();
  else if (word === '-H') {
    const [, name, value] = /^([^:]+):\s*(.*)$/.exec(given.shift());
    headers[name] = value;
  } else if (word !== '-s') url = word;
}
const answer = await fetch(url, {method: method ?? (body === undefined ? 'GET' : 'POST'), headers, body});
process.stdout.write(await answer.text());
const [out, err = ''] = format.replaceAll('\\n', '\n').split('%{stderr}');
process.stdout.write(out);
process.stderr.write(err.replace('%{http_code}', String(answer.status)));
