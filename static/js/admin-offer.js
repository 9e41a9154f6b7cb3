// The form of an offer: what a schedule says, and its next dates, while one writes.
// Without this the button "show the next dates" does the same.

const group = document.querySelector("[data-dates]");
if (group) watch(group);

function watch(group) {
  const form = group.closest("form");
  const list = group.querySelector("[data-dates-list]");
  const none = group.querySelector("[data-no-dates]");
  const status = group.querySelector("[data-dates-status]");
  const isOfDates = (name) => name.startsWith("schedules-") || ["starts_on", "ends_on", "paused_from", "paused_until", "csrfmiddlewaretoken"].includes(name);
  let timer = 0;
  let asked = 0;

  for (const button of document.querySelectorAll("[data-without-script]")) button.hidden = true;
  none.hidden = list.children.length > 0;

  form.addEventListener("input", (event) => {
    if (isOfDates(event.target.name ?? "")) later(false, 500);
  });
  form.addEventListener("change", (event) => {
    const name = event.target.name ?? "";
    if (isOfDates(name)) later(name.endsWith("-words"), 0);
  });
  group.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.name?.endsWith("-words") || !event.target.value) return;
    event.preventDefault(); // the words first, saving afterwards
    later(true, 0);
  });

  function later(fills, wait) {
    clearTimeout(timer);
    timer = setTimeout(() => ask(fills), wait);
  }

  async function ask(fills) {
    const number = ++asked;
    const sent = new FormData();
    for (const [name, value] of new FormData(form)) if (isOfDates(name)) sent.append(name, value);
    let answer;
    try {
      const response = await fetch(group.dataset.dates, { method: "POST", body: sent });
      if (!response.ok) return;
      answer = await response.json();
    } catch {
      return; // no connection: the form works without it
    }
    if (number !== asked) return;
    list.replaceChildren(...answer.dates.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    none.hidden = answer.dates.length > 0;
    for (const schedule of answer.schedules) show(schedule, fills);
    const said = answer.schedules.map((one) => one.refused || one.words);
    const dates = answer.dates.length ? `${status.dataset.text}: ${answer.dates.slice(0, 3).join("; ")}` : "";
    status.textContent = [...said, dates].filter(Boolean).join(". ");
  }

  function show({ prefix, words, refused, values }, fills) {
    const row = document.getElementById(prefix);
    if (!row) return;
    row.querySelector("[data-words]").textContent = words;
    const typed = row.querySelector(`[name="${prefix}-words"]`);
    if (!typed) return;
    const place = typed.closest(".form-row");
    place.querySelector(".errorlist")?.remove();
    typed.toggleAttribute("aria-invalid", Boolean(refused));
    if (refused && typed !== document.activeElement) {
      const error = Object.assign(document.createElement("ul"), { className: "errorlist" });
      error.append(Object.assign(document.createElement("li"), { textContent: refused }));
      place.prepend(error);
    }
    if (!fills || !typed.value || !values) return;
    typed.value = "";
    for (const [name, chosen] of Object.entries(values)) {
      for (const field of row.querySelectorAll(`[name="${prefix}-${name}"]`)) {
        if (field.type === "checkbox") field.checked = chosen.includes(field.value);
        else field.value = chosen[0] ?? "";
      }
    }
  }
}
