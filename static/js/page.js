// Small comforts on every page; without them everything still works.
//   [data-print]   a button that prints
//   [data-share]   a button that shares this address, or copies it
//   details[data-closes]  closes on Escape and on a click elsewhere
//   [data-focus-first]    an error summary takes the focus
//   [data-show-first]     in a frame that scrolls, is in sight at once

(() => {
  for (const button of document.querySelectorAll("[data-print], [data-share]")) button.hidden = false;

  document.addEventListener("click", async (event) => {
    for (const open of document.querySelectorAll("details[data-closes][open]")) {
      if (!open.contains(event.target)) open.open = false;
    }
    if (event.target.closest("[data-print]")) window.print();
    const share = event.target.closest("[data-share]");
    if (!share) return;
    const address = location.href; // filters and the kept list stand in it
    try {
      if (navigator.share) {
        await navigator.share({ title: document.title, url: address });
      } else {
        await navigator.clipboard.writeText(address);
        const note = share.parentElement.querySelector("[data-share-note]");
        if (note) note.textContent = share.dataset.copied;
      }
    } catch {
      // The reader closed the dialogue.
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of document.querySelectorAll("details[data-closes][open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });

  document.querySelector("[data-focus-first]")?.focus();

  for (const shown of document.querySelectorAll("[data-show-first]")) {
    const frame = shown.closest("[role='region']");
    const [inner, outer] = [shown.getBoundingClientRect(), frame.getBoundingClientRect()];
    frame.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
  }
})();
