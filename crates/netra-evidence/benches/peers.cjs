// Reads a chat export with a Node package; prints its version, the messages found and the best time of three.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const [name, file] = process.argv.slice(2);

function fail(why) {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

// The version stands in the package's own description, some folders above what it is loaded from.
function versionOf(entry) {
  for (let folder = path.dirname(entry); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const about = path.join(folder, 'package.json');
    if (fs.existsSync(about)) {
      const told = JSON.parse(fs.readFileSync(about, 'utf8'));
      if (told.name === name) return told.version;
    }
  }
  return '';
}

let entry;
try {
  entry = require.resolve(name);
} catch {
  fail(`${name} is not installed: npm install ${name}`);
}

const { parseString } = require(name);
let best = Infinity;
let messages = 0;
for (let n = 0; n < 3; n += 1) {
  const begun = process.hrtime.bigint();
  messages = parseString(fs.readFileSync(file, 'utf8')).length;
  best = Math.min(best, Number(process.hrtime.bigint() - begun) / 1e9);
}
process.stdout.write(JSON.stringify({ version: versionOf(entry), messages, seconds: best }));
