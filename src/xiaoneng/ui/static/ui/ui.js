// Small comforts; every page works without them.
document.documentElement.classList.add("js");
const open = () => document.querySelectorAll("details.dropdown[open], details.top-menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  const button = event.target.closest("[data-print]");
  if (button) window.print();
  const back = event.target.closest(".btn-back");
  if (back && history.length > 1 && document.referrer.startsWith(location.origin)) {
    event.preventDefault();
    history.back();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A filter that is chosen applies at once.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

// A second press of the same button must not send the form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status < 500) return;
  tell("系统出错，这次操作没有完成。请稍后再试。");
});
document.addEventListener("htmx:sendError", () => tell("网络不通，这次操作没有送出。请检查网络后再试。"));

function tell(words) {
  const place = document.getElementById("messages");
  if (!place) return;
  const alert = document.createElement("div");
  alert.className = "alert alert-danger";
  alert.textContent = words;
  place.append(alert);
}
