// Kept offers. The list stands in the address of its page, so that it can be sent on
// and works without scripts; here the reader's browser remembers which offers it has.
//   [data-keep]        adds an offer (its slug) and leads to the list of all
//   [data-unkeep]      takes an offer off; [data-unkeep-all] all that are shown
//   [data-kept-list]   leads to the list; [data-kept-number] in it says how many
//   [data-kept-only]   shown once something is kept

(() => {
  const KEY = "kept";
  const MOST = 50; // as many as the list shows

  const kept = () => {
    try {
      const found = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(found) ? found.filter((slug) => typeof slug === "string") : [];
    } catch {
      return []; // storage is switched off, or holds something else
    }
  };

  const keep = (slugs) => {
    try {
      if (slugs.length) localStorage.setItem(KEY, JSON.stringify(slugs.slice(-MOST)));
      else localStorage.removeItem(KEY);
    } catch {
      // The list then stands in its address only.
    }
  };

  const listed = (address) => new URL(address, location).searchParams.getAll("offer");
  const address = (link, slugs) => link.pathname + (slugs.length ? `?${new URLSearchParams(slugs.map((slug) => ["offer", slug]))}` : "");
  const without = (slugs, slug) => slugs.filter((one) => one !== slug);

  // A bookmark or a typed address has no offers in it: the reader's own list, then.
  const open = () => {
    const slugs = kept();
    const [link] = document.querySelectorAll("[data-kept-list]");
    const isBare = link && link.pathname === location.pathname && !location.search;
    if (isBare && slugs.length) location.replace(address(link, slugs));
  };

  const show = () => {
    const slugs = kept();
    for (const link of document.querySelectorAll("[data-kept-list]")) {
      link.href = address(link, slugs);
      const number = link.querySelector("[data-kept-number]");
      if (number) number.textContent = `\u00a0(${slugs.length})`;
    }
    for (const part of document.querySelectorAll("[data-kept-only]")) part.hidden = !slugs.length;
    for (const link of document.querySelectorAll("[data-keep]")) {
      link.href = address(link, [...without(slugs, link.dataset.keep), link.dataset.keep].slice(-MOST));
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-keep], [data-unkeep], [data-unkeep-all]");
    if (!link) return;
    const slugs = kept();
    const { keep: added, unkeep: removed } = link.dataset;
    if (added) keep([...without(slugs, added), added]);
    else if (removed) {
      // The reader's own list, not one someone sent: offers that are gone leave it, too.
      const isOwn = slugs.join() === listed(location).join();
      keep(isOwn ? listed(link.href) : without(slugs, removed));
    } else {
      const shown = listed(location);
      keep(slugs.filter((slug) => !shown.includes(slug)));
    }
  });

  window.addEventListener("pageshow", show); // also when the page comes from the cache of "back"
  show();
  open();
})();
