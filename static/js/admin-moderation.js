// New notes join the page of moderation while somebody reads; ticks and focus stay.
//   [data-moderation]        the form
//   [data-moderation-rows]   its list of [data-moderation-note]
//   [data-moderation-tick]   a button that ticks all notes
//   [data-moderation-total], [data-moderation-all], [data-moderation-empty]

(() => {
  const form = document.querySelector("[data-moderation]");
  if (!form) return;
  const ASK_EVERY = 4000;
  const rows = form.querySelector("[data-moderation-rows]");
  const notesOf = (list) =>
    new Map([...list.querySelectorAll("[data-moderation-note]")].map((row) => [row.dataset.moderationNote, row]));

  const join = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.querySelector("[data-moderation-rows]");
    if (!fresh) return; // signed out meanwhile
    const [here, there] = [notesOf(rows), notesOf(fresh)];
    for (const [key, row] of here) {
      // Somebody else decided it; what one is busy with stays until it is sent.
      const isInUse = row.contains(document.activeElement) || row.querySelector("details[open]");
      if (!there.has(key) && !isInUse) row.remove();
    }
    for (const [key, row] of there) {
      if (!here.has(key)) rows.append(document.adoptNode(row));
    }
    const isEmpty = !rows.firstElementChild;
    form.querySelector("[data-moderation-empty]").hidden = !isEmpty;
    form.querySelector("[data-moderation-all]").hidden = isEmpty;
    const total = document.querySelector("[data-moderation-total]");
    const words = page.querySelector("[data-moderation-total]").textContent;
    if (total.textContent !== words) total.textContent = words;
  };

  const ask = async () => {
    try {
      if (!document.hidden) {
        const answer = await fetch(location.href, { cache: "no-store" });
        if (answer.ok) join(await answer.text());
      }
    } catch {
      // No network: the next time.
    }
    setTimeout(ask, ASK_EVERY);
  };

  const tick = form.querySelector("[data-moderation-tick]");
  tick.hidden = false;
  tick.addEventListener("click", () => {
    for (const box of rows.querySelectorAll("[name=note]")) box.checked = true;
  });
  setTimeout(ask, ASK_EVERY);
})();
