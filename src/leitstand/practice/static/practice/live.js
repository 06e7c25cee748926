// The page stays alive: every few seconds it looks for what has become visible meanwhile.
const EVERY = 5000;

async function look() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
  const shown = document.querySelector("[data-live]");
  fresh?.querySelectorAll("input[name=csrfmiddlewaretoken], .told").forEach((part) => part.remove());
  const plain = shown.cloneNode(true);
  plain.querySelectorAll("input[name=csrfmiddlewaretoken], .told").forEach((part) => part.remove());
  if (fresh && fresh.innerHTML !== plain.innerHTML && !shown.contains(document.activeElement)) {
    const tokens = [...shown.querySelectorAll("input[name=csrfmiddlewaretoken]")];
    shown.replaceChildren(...fresh.childNodes);
    shown.querySelectorAll("form").forEach((form, place) => tokens[place] && form.append(tokens[place]));
  }
}

setInterval(() => look().catch(() => {}), EVERY);
