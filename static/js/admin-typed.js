// Keeps what is being typed on the server, so that a lost session or a closed window
// loses nothing; a second click on "save" does nothing.

const PAUSE = 8000;
const state = document.querySelector("input[name=form_state][data-typed-url]");
const form = state?.form;
const status = document.querySelector("[data-typed-state]");

if (form) {
  let waiting = 0;
  let isSent = false;
  let kept = written();

  const keep = async () => {
    waiting = 0;
    const now = written();
    if (isSent || now === kept) return;
    try {
      const answer = await fetch(state.dataset.typedUrl, {
        method: "POST",
        body: new URLSearchParams(now),
        credentials: "same-origin",
      });
      if (answer.redirected || answer.status === 403) {
        status.textContent = state.dataset.signedOut;
      } else if (answer.ok) {
        kept = now;
        status.textContent = (await answer.json()).kept;
      } else {
        status.textContent = state.dataset.notKept;
      }
    } catch {
      status.textContent = state.dataset.notKept;
    }
  };

  const typed = () => {
    if (!waiting) waiting = setTimeout(keep, PAUSE);
  };
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  form.addEventListener("submit", (event) => {
    const isPreview = event.submitter?.formTarget === "_blank";
    if (isPreview) return;
    if (isSent) {
      event.preventDefault();
      return;
    }
    isSent = true;
    // When the answer is a page of the browser (no connection), saving works again.
    setTimeout(() => {
      isSent = false;
    }, 10000);
  });
  window.addEventListener("pageshow", () => {
    isSent = false;
  });
}

function written() {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") data.append(name, value);
  }
  return data.toString();
}
