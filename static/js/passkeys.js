/* Says in the page when a passkey was not taken; django-allauth writes it to the
   console only. */

document.addEventListener("allauth.error", (event) => {
  const problem = document.getElementById("passkey-problem");
  if (problem) {
    event.preventDefault();
    problem.hidden = false;
  }
});
