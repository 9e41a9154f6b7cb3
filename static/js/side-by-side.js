// Keeps both halves on the same page, whichever of them the reader moves on in.
//   form[data-side-by-side]   says which page it is
//   iframe[data-half=CODE]    the page in one language; [data-alone] leads to it

(() => {
  const form = document.querySelector("[data-side-by-side]");
  const halves = [...document.querySelectorAll("iframe[data-half]")];
  // Halves that were led to their page and have not come there yet; at first, all.
  const led = new Set(halves);

  /** Path and search after the language; null while a half shows nothing of ours. */
  const restOf = (half) => {
    try {
      const { pathname, search } = half.contentWindow.location;
      const [, rest] = /^\/[a-z-]+(\/.*)$/.exec(pathname) ?? [];
      return rest ? rest + search : null;
    } catch {
      return null; // a page that refuses frames
    }
  };

  const follow = (half) => {
    const rest = restOf(half);
    if (rest === null) return;
    for (const one of halves) {
      const address = `/${one.dataset.half}${rest}`;
      one.parentElement.querySelector("[data-alone]").href = address;
      if (one === half || restOf(one) === rest) continue;
      led.add(one);
      one.contentWindow.location.replace(address);
    }
    form.elements.page.value = rest;
    const here = new URLSearchParams(new FormData(form));
    history.replaceState(history.state, "", `?${here}`);
  };

  /** Links to elsewhere get a window of their own: frames show only our pages. */
  const openElsewhere = (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.target || !link.protocol.startsWith("http")) return;
    if (link.origin === location.origin) return;
    link.target = "_blank";
    link.rel = "noopener";
  };

  const arrived = (half) => {
    let page;
    try {
      page = half.contentDocument;
    } catch {
      return;
    }
    page?.addEventListener("click", openElsewhere);
    page?.addEventListener("htmx:pushedIntoHistory", () => follow(half));
    if (!led.delete(half)) follow(half);
  };

  for (const half of halves) {
    half.addEventListener("load", () => arrived(half));
    if (half.contentDocument?.readyState === "complete" && restOf(half)) arrived(half);
  }
})();
