// The calendar: reads the entries, moves by dragging, offers to undo. Times are the company's wall clock.
const place = document.querySelector("[data-calendar]");
const words = place.dataset;
const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"] ?? JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"];

function wallClock(date) {
  return date.toISOString().slice(0, 16);
}

async function move(id, start) {
  const answer = await fetch(words.drag.replace("/0/", `/${id}/`), {
    method: "POST",
    headers: { "X-CSRFToken": token, "Content-Type": "application/json" },
    body: JSON.stringify({ start }),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error ?? words.failed);
  return told;
}

// What undo sends is the exact moment: a wall clock alone could mean the other one of an hour that comes twice.
function offerUndo(info, { before, shown, note }) {
  const toast = document.createElement("div");
  toast.className = "alert alert-info calendar-undo";
  toast.role = "status";
  toast.append(`${words.moved} ${note} `);
  const button = Object.assign(document.createElement("button"), { className: "btn btn-sm", textContent: words.undo });
  button.addEventListener("click", () => attempt(async () => {
    await move(info.event.id, before);
    info.event.setStart(shown);
    toast.remove();
  }));
  toast.append(button);
  place.before(toast);
  setTimeout(() => toast.remove(), 12000);
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

const calendar = new window.FullCalendar.Calendar(place, {
  initialView: window.innerWidth < 700 ? "listWeek" : "dayGridMonth",
  headerToolbar: { left: "prev,next today", center: "title", right: "dayGridMonth,timeGridWeek,listWeek" },
  buttonText: { today: words.today, month: words.month, week: words.week, list: words.list },
  locale: words.language === "en" ? "en-gb" : words.language,
  eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
  timeZone: "UTC",
  now: words.now,
  firstDay: 1,
  nowIndicator: false,
  height: "auto",
  dayMaxEvents: 4,
  allDaySlot: false,
  displayEventEnd: false,
  // A post is a moment: with the usual hour, one of 23:51 would also stand on the next day.
  defaultTimedEventDuration: "00:00:01",
  eventMinHeight: 22,
  events: words.entries,
  eventDrop: dropped,
  eventDidMount: (info) => { info.el.title = `${info.event.extendedProps.channel} · ${info.event.extendedProps.state}`; },
});
calendar.render();
