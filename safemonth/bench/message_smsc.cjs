// An SMSC by npm `smpp`: counts what arrives for each phone, and does on stdin's word what gateways do to senders.
//   node message_smsc.cjs '{"delay_ms": 0, "receipts": false, …}'
// Prints {"port": …} once it listens. Commands, one a line: {"set": {…}}, {"cut": true}, {"counts": true}, {"say": {…}}.
const smpp = require('smpp');
const readline = require('readline');

const options = Object.assign({
  delay_ms: 0, // until an answer
  receipts: false, // send one for each message that was taken; one that was not acknowledged comes again
  receipt_state: 'DELIVRD',
  receipt_first: false, // before the answer
  receipt_tlv: false,
  receipt_id: 'same', // or 'decimal': the answer's hexadecimal number in decimal, 'none': a number that nobody knows
  throttle_every: 0, // refuse each n-th with ESME_RTHROTTLED
  refuse_every: 0, // refuse each n-th for good
  silent: false, // take messages and answer nothing
  cut_after: 0, // cut the link once this many arrived in it
  password: 'secret',
}, JSON.parse(process.argv[2] || '{}'));

const counts = {}; // phone → number of messages taken
const texts = {}; // phone → [{text, udh, coding}]
const sessions = new Set();
const acknowledged = [];
const waiting = new Map(); // receipts that were not acknowledged
let arrived = 0;
let number = 0x0a00;
let bound = 0;
let asked = 0;

function receipt(session, pdu, id) {
  const shown = options.receipt_id === 'decimal' ? String(parseInt(id, 16)) : options.receipt_id === 'none' ? `x${id}` : id;
  const fields = {
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    esm_class: 0x04,
    short_message: `id:${shown} sub:001 dlvrd:001 submit date:2606100900 done date:2606100901 stat:${options.receipt_state} err:000 text:`,
  };
  if (options.receipt_tlv) {
    fields.receipted_message_id = shown;
    fields.message_state = options.receipt_state === 'DELIVRD' ? 2 : 5;
    fields.short_message = '';
  }
  waiting.set(id, fields);
  deliver(session, id, fields);
}

function deliver(session, id, fields) {
  session.deliver_sm({ ...fields }, () => {
    if (waiting.delete(id)) acknowledged.push(fields.source_addr);
  });
}

const server = smpp.createServer((session) => {
  let here = 0;
  sessions.add(session);
  session.on('error', () => {});
  session.on('close', () => sessions.delete(session));
  session.on('bind_transceiver', (pdu) => {
    const isWelcome = pdu.password === options.password;
    session.send(pdu.response({ command_status: isWelcome ? 0 : smpp.ESME_RINVPASWD }));
    if (!isWelcome) return;
    bound += 1;
    for (const [id, fields] of [...waiting]) deliver(session, id, fields);
  });
  session.on('unbind', (pdu) => session.send(pdu.response(), null, () => session.close()));
  session.on('enquire_link', (pdu) => { asked += 1; session.send(pdu.response()); });
  session.on('submit_sm', (pdu) => {
    arrived += 1;
    here += 1;
    const phone = pdu.destination_addr;
    if (options.throttle_every && arrived % options.throttle_every === 0) {
      session.send(pdu.response({ command_status: smpp.ESME_RTHROTTLED }));
      return;
    }
    if (options.refuse_every && arrived % options.refuse_every === 0) {
      session.send(pdu.response({ command_status: smpp.ESME_RINVDSTADR }));
      return;
    }
    counts[phone] = (counts[phone] || 0) + 1;
    const message = pdu.short_message || {};
    (texts[phone] ||= []).push({
      text: String(message.message ?? ''),
      udh: message.udh ? Buffer.concat([].concat(message.udh)).toString('hex') : '',
      coding: pdu.data_coding,
      source: pdu.source_addr,
    });
    number += 1;
    const id = number.toString(16);
    if (options.cut_after && here >= options.cut_after) {
      session.destroy();
      return;
    }
    if (options.silent) return;
    const answer = () => {
      if (options.receipts && options.receipt_first) receipt(session, pdu, id);
      session.send(pdu.response({ message_id: id }));
      if (options.receipts && !options.receipt_first) receipt(session, pdu, id);
    };
    if (options.delay_ms) setTimeout(answer, options.delay_ms);
    else answer();
  });
});

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const command = JSON.parse(line);
  if (command.set) Object.assign(options, command.set);
  if (command.cut) for (const session of sessions) session.destroy();
  if (command.say) for (const session of sessions) session.deliver_sm({ esm_class: 0, ...command.say });
  if (command.binds) {
    process.stdout.write(`${JSON.stringify({ bound })}\n`);
    return;
  }
  process.stdout.write(`${JSON.stringify(command.counts ? { counts, texts, arrived, bound, asked, acknowledged, waiting: waiting.size } : {})}\n`);
}).on('close', () => process.exit(0));

server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`));
