/* Says in the page when a passkey was not taken; django-allauth writes it to the
   console only. Enter in a field does what the button does. */

document.addEventListener("allauth.error", (event) => {
  const problem = document.getElementById("passkey-problem");
  if (problem) {
    event.preventDefault();
    problem.hidden = false;
  }
});

document.getElementById("passkey-add")?.form.addEventListener("submit", (event) => {
  event.preventDefault();
  document.getElementById("passkey-add").click();
});
