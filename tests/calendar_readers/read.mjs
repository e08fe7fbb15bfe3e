// Reads a calendar file from standard input with ical.js and prints its events as JSON, one object each, every date as the reader understands it.
import ICAL from "ical.js";

let text = "";
for await (const piece of process.stdin.setEncoding("utf8")) text += piece;
const calendar = new ICAL.Component(ICAL.parse(text));
const events = calendar.getAllSubcomponents("vevent").map((part) => {
  const event = new ICAL.Event(part);
  const days = [];
  if (event.isRecurring()) {
    const walk = event.iterator();
    for (let next = walk.next(); next && days.length < 400; next = walk.next()) days.push(next.toString());
  }
  return {
    uid: event.uid, summary: event.summary, description: event.description, start: event.startDate.toString(), end: event.endDate.toString(),
    allDay: event.startDate.isDate, sequence: event.sequence, status: part.getFirstPropertyValue("status"), days,
    alarms: part.getAllSubcomponents("valarm").map((alarm) => alarm.getFirstPropertyValue("trigger").toString()),
  };
});
process.stdout.write(JSON.stringify({ name: calendar.getFirstPropertyValue("x-wr-calname"), events }));
