// The mails of a mailbox as one would read them with libraries of npm: node mailbox.mjs PORT LOGIN PASSWORD FOLDER. Fetches each by
// imapflow, parses it by mailparser, turns its Word file into HTML by mammoth and writes the pictures, without fsync. Prints one
// line of JSON.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import mammoth from 'mammoth';

const [port, user, pass, folder] = process.argv.slice(2);
const client = new ImapFlow({ host: 'localhost', port: Number(port), secure: true, auth: { user, pass }, tls: { rejectUnauthorized: false }, logger: false });
const took = [], cpuBefore = process.cpuUsage();
let pictures = 0;

async function read(source) {
  const mail = await simpleParser(source);
  for (const { content, filename } of mail.attachments) {
    if (!filename?.endsWith('.docx')) continue;
    const convertImage = mammoth.images.imgElement(async (image) => {
      const src = join(folder, `yardstick-${pictures++}.jpg`);
      writeFileSync(src, await image.readAsBuffer());
      return { src };
    });
    await mammoth.convertToHtml({ buffer: content }, { convertImage });
  }
}

await client.connect();
const lock = await client.getMailboxLock('INBOX');
const began = performance.now();
for await (const message of client.fetch('1:*', { uid: true, source: true })) {
  const start = performance.now();
  await read(message.source);
  took.push(performance.now() - start);
}
const sum = performance.now() - began;
lock.release();
await client.logout();
const cpu = process.cpuUsage(cpuBefore);
took.sort((one, other) => one - other);
if (pictures !== took.length * 24) throw new Error(`${pictures} pictures of ${took.length} mails`);
console.log(JSON.stringify({ rate: took.length * 1000 / sum, p50_ms: took[took.length >> 1], p99_ms: took.at(-1),
  cpu_ms_per_operation: (cpu.user + cpu.system) / 1000 / took.length, peak_kib: process.resourceUsage().maxRSS }));
