// The posters on the wall of a hall: asks for new notes, shows one goal after the other.
//   [data-screen]   the page; data-still: it stands still; data-lost: said without network
//   [data-screen-goals] > [data-screen-goal]   the goals, shown in turn
//   [data-screen-previous], [data-screen-next], [data-screen-still]   buttons

(() => {
  const screen = document.querySelector("[data-screen]");
  if (!screen) return;
  const ASK_EVERY = 3000;
  const TURN_EVERY = 15000;
  const find = (name) => screen.querySelector(`[data-screen-${name}]`);
  const holds = () => find("still").getAttribute("aria-pressed") === "true";
  const wantsCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let known = "";
  let current = "";

  const goals = () => [...screen.querySelectorAll("[data-screen-goal]")];

  /** Show one goal; the first where the one shown before is gone. */
  const show = (name) => {
    const all = goals();
    const shown = all.find((goal) => goal.dataset.screenGoal === name) ?? all[0];
    current = shown?.dataset.screenGoal ?? "";
    for (const goal of all) goal.hidden = goal !== shown;
  };

  const turn = (by) => {
    const names = goals().map((goal) => goal.dataset.screenGoal);
    if (names.length < 2) return;
    const next = names.indexOf(current) + by + names.length;
    show(names[next % names.length]);
  };

  /** What is new since the last time is marked; style sheets say how. */
  const replace = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.querySelector("[data-screen-goals]");
    if (!fresh) return;
    const before = new Set([...screen.querySelectorAll("[data-note]")].map((note) => note.dataset.note));
    for (const note of fresh.querySelectorAll("[data-note]")) {
      if (!before.has(note.dataset.note)) note.classList.add("note--new");
    }
    find("goals").replaceWith(document.adoptNode(fresh));
    show(current);
  };

  const ask = async () => {
    if (holds() || document.hidden) return;
    try {
      const answer = await fetch(location.href, { cache: "no-cache" });
      if (!answer.ok) throw new Error(answer.status);
      find("status").textContent = "";
      const state = answer.headers.get("ETag");
      if (state && state === known) return;
      const text = await answer.text();
      // Somebody may have pressed the button meanwhile.
      if (!holds()) {
        known = state;
        replace(text);
      }
    } catch {
      find("status").textContent = screen.dataset.lost;
    }
  };

  const goOnAsking = async () => {
    await ask();
    setTimeout(goOnAsking, ASK_EVERY);
  };

  find("link").hidden = true;
  find("still").hidden = false;
  find("still").setAttribute("aria-pressed", String("still" in screen.dataset));
  find("still").addEventListener("click", () => {
    find("still").setAttribute("aria-pressed", String(!holds()));
    ask();
  });
  for (const [name, by] of [["previous", -1], ["next", 1]]) {
    find(name).hidden = goals().length < 2;
    find(name).addEventListener("click", () => turn(by));
  }
  show("");
  setInterval(() => {
    if (!holds() && !wantsCalm) turn(1);
  }, TURN_EVERY);
  setTimeout(goOnAsking, ASK_EVERY);
})();
