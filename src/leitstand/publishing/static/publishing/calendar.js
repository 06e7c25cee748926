// The calendar: reads the entries, moves by dragging, offers to undo. Times are the company's wall clock.
import { csrf } from "../core/js/page.js";
import { toast } from "../core/js/toasts.js";

const place = document.querySelector("[data-calendar]");
const words = place.dataset;

function wallClock(date) {
  return date.toISOString().slice(0, 16);
}

async function move(id, start) {
  const answer = await fetch(words.drag.replace("/0/", `/${id}/`), {
    method: "POST",
    headers: { "X-CSRFToken": csrf(), "Content-Type": "application/json" },
    body: JSON.stringify({ start }),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error ?? words.failed);
  document.body.dispatchEvent(new Event("moved"));
  return told;
}

// What undo sends is the exact moment: a wall clock alone could mean the other one of an hour that comes twice.
function offerUndo(info, { before, shown, note }) {
  const undo = async () => {
    await move(info.event.id, before);
    info.event.setStart(shown);
  };
  toast(`${info.event.extendedProps.channel}: ${words.moved} ${note}`, { undo });
}

async function attempt(step, otherwise = () => {}) {
  try {
    await step();
  } catch (error) {
    otherwise();
    window.alert(error.message);
  }
}

function dropped(info) {
  attempt(async () => offerUndo(info, await move(info.event.id, wallClock(info.event.start))), () => info.revert());
}

// One post on four channels is four entries: each says which. The list has room for the channel's name.
function nameChannel({ el, event }) {
  const { channel, icon, state } = event.extendedProps;
  const mark = Object.assign(document.createElement("i"), { className: `ti ti-${icon}` });
  const title = el.querySelector(".fc-list-event-title");
  el.title = `${channel} · ${state}`;
  if (title) {
    title.append(" · ", mark, ` ${channel}`);
  } else {
    mark.role = "img";
    mark.ariaLabel = channel;
    el.querySelector(".fc-event-time").before(mark);
  }
}

// On a phone a day of the week is as wide as a finger: there the list shows the week.
const isNarrow = window.innerWidth < 700;

const calendar = new window.FullCalendar.Calendar(place, {
  initialView: isNarrow ? "listWeek" : "dayGridMonth",
  headerToolbar: { left: "prev,next today", center: "title", right: isNarrow ? "dayGridMonth,listWeek" : "dayGridMonth,timeGridWeek,listWeek" },
  buttonText: { today: words.today, month: words.month, week: words.week, list: words.list },
  locale: words.language === "en" ? "en-gb" : words.language,
  eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
  timeZone: "UTC",
  now: words.now,
  firstDay: 1,
  nowIndicator: false,
  height: "auto",
  dayMaxEvents: 4,
  eventMaxStack: 1,
  slotEventOverlap: false,
  moreLinkText: (count) => words.more.replace("#", count),
  allDaySlot: false,
  displayEventEnd: false,
  // A post is a moment: with the usual hour, one of 23:51 would also stand on the next day.
  defaultTimedEventDuration: "00:00:01",
  eventMinHeight: 22,
  events: words.entries,
  eventDrop: dropped,
  eventDidMount: nameChannel,
});
calendar.render();
