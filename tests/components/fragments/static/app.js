/* A few dozen lines of hypermedia: fetch a fragment, put it where it belongs.
 *
 *   <a href="/x" data-into="#modal">         GET /x, swap the answer into #modal
 *   <form action="/x" data-into="#list">     the same for a form, GET or POST
 *   data-push                                put the address into the address bar
 *   <form data-live>                         submits by itself when something changes
 *   <button data-menu="/x">                  drop-down menu fetched from /x
 *   <ui-stream action target>                in an answer: replace / append / remove / clear something elsewhere
 */
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const here = () => location.pathname + location.search;
  const running = new Map();

  async function request(url, { method = "GET", body = null, into = null } = {}) {
    const key = method === "GET" ? into : Symbol();
    running.get(key)?.abort();
    const control = new AbortController();
    running.set(key, control);
    const target = into && one(into);
    target?.setAttribute("aria-busy", "true");
    document.documentElement.classList.add("loading");
    try {
      const response = await fetch(url, {
        method, body, signal: control.signal, credentials: "same-origin",
        headers: { "X-Fragment": into || "none", "X-Page": here() },
      });
      if (response.status === 401) {
        location.assign("/login?next=" + encodeURIComponent(here()));
        return null;
      }
      const away = response.headers.get("X-Location");
      if (away) { location.assign(away); return null; }
      return { response, html: await response.text() };
    } catch (error) {
      if (error.name !== "AbortError") toast("Something went wrong. Check your connection and try again.");
      return null;
    } finally {
      if (running.get(key) === control) {
        running.delete(key);
        target?.removeAttribute("aria-busy");
      }
      if (!running.size) document.documentElement.classList.remove("loading");
    }
  }

  async function visit(url, options = {}) {
    const answer = await request(url, options);
    if (!answer) return null;
    swap(answer.html, options.into);
    if (options.push && answer.response.ok) {
      const final = new URL(answer.response.url);
      const address = final.pathname + final.search;
      if (address !== here()) history[options.push === "replace" ? "replaceState" : "pushState"]({}, "", address);
    }
    return answer;
  }

  function swap(html, into) {
    const focused = document.activeElement?.id;
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const streams = all("ui-stream", holder.content);
    streams.forEach((stream) => stream.remove());
    if (holder.content.firstElementChild && into) put(one(into), holder.content);
    streams.forEach(apply);
    if (focused && (!document.activeElement || document.activeElement === document.body)) {
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
  }

  function put(target, content) {
    if (!target) return;
    const first = content.firstElementChild;
    if (first && first.id && first.id === target.id) target.replaceWith(content);
    else target.replaceChildren(content);
    wake();
  }

  function apply(stream) {
    const target = document.getElementById(stream.getAttribute("target"));
    const content = one("template", stream)?.content;
    if (!target) return;
    switch (stream.getAttribute("action")) {
      case "replace": target.replaceWith(content); break;
      case "append": target.append(content); break;
      case "remove": target.remove(); break;
      case "clear": all("dialog", target).forEach((dialog) => dialog.close()); target.replaceChildren(); break;
    }
    wake();
  }

  function wake() {
    all("dialog[data-modal]:not([open])").forEach((dialog) => {
      dialog.addEventListener("close", () => dialog.remove());
      dialog.showModal();
      one("[autofocus]", dialog)?.focus();
    });
    all("[data-toast]:not([data-awake])").forEach((element) => {
      element.dataset.awake = "";
      if (element.dataset.toast === "success") setTimeout(() => element.remove(), 6000);
    });
    selection();
  }

  function toast(message) {
    const copy = one("#toast-error").content.cloneNode(true);
    one("[data-message]", copy).textContent = message;
    one("#toasts").append(copy);
    wake();
  }

  /* menus */
  let opener = null;
  async function openMenu(button) {
    closeMenu();
    opener = button;
    button.setAttribute("aria-expanded", "true");
    const answer = await request(button.dataset.menu, { into: "#menu" });
    if (!answer || opener !== button) return;
    swap(answer.html, "#menu");
    const menu = one("#menu [role=menu]");
    if (!menu) return closeMenu();
    const box = button.getBoundingClientRect();
    menu.style.left = Math.max(8, box.right - menu.offsetWidth) + "px";
    const below = box.bottom + 4;
    menu.style.top = (below + menu.offsetHeight > innerHeight - 8 ? Math.max(8, box.top - menu.offsetHeight - 4) : below) + "px";
    one("[role=menuitem]", menu)?.focus({ preventScroll: true });
  }
  function closeMenu(refocus = false) {
    one("#menu")?.replaceChildren();
    opener?.setAttribute("aria-expanded", "false");
    if (refocus) opener?.focus({ preventScroll: true });
    opener = null;
  }

  /* selection of rows */
  function selection() {
    const bar = one("#bulk-bar");
    if (!bar) return;
    const boxes = all("[data-select]");
    const count = boxes.filter((box) => box.checked).length;
    bar.classList.toggle("hidden", count === 0);
    one("[data-count]", bar).textContent = `${count} selected`;
    const head = one("[data-select-all]");
    if (head) {
      head.checked = count > 0 && count === boxes.length;
      head.indeterminate = count > 0 && count < boxes.length;
    }
    boxes.forEach((box) => box.closest("tr").classList.toggle("bg-indigo-50", box.checked));
  }

  /* pickers: chips and a list of suggestions */
  async function suggest(picker) {
    const input = one("[role=combobox]", picker);
    const list = one("[role=listbox]", picker);
    const query = new URLSearchParams({ q: input.value });
    all("[data-chip] input", picker).forEach((chip) => query.append("chosen", chip.value));
    const answer = await request(`${picker.dataset.picker}?${query}`, { into: "#" + list.id });
    if (!answer || !picker.contains(document.activeElement)) return;
    list.innerHTML = answer.html;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    all("[role=option]", list).forEach((option, index) => { option.id = `${list.id}-${index}`; });
    activate(picker, one("[role=option]", list));
  }
  function activate(picker, option) {
    all("[role=option]", picker).forEach((other) => other.setAttribute("aria-selected", String(other === option)));
    const input = one("[role=combobox]", picker);
    if (option) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  }
  function hide(picker) {
    one("[role=listbox]", picker).hidden = true;
    one("[role=combobox]", picker).setAttribute("aria-expanded", "false");
  }
  function pick(picker, option) {
    const chip = one("template", picker).content.cloneNode(true);
    one("[data-label]", chip).textContent = option.dataset.label;
    one("input", chip).value = option.dataset.value;
    one("button", chip).setAttribute("aria-label", `Remove ${option.dataset.label}`);
    const input = one("[role=combobox]", picker);
    input.before(chip);
    input.value = "";
    hide(picker);
    input.focus();
  }

  /* everything is delegated */
  let waiting;
  document.addEventListener("click", (event) => {
    const t = event.target;
    const menuButton = t.closest("[data-menu]");
    if (menuButton) { menuButton === opener ? closeMenu() : openMenu(menuButton); return; }
    const link = t.closest("a[data-into]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if (link.closest("#menu")) closeMenu(true);
      visit(link.href, { into: link.dataset.into, push: "push" in link.dataset ? "push" : null });
      return;
    }
    if (opener && !t.closest("#menu")) closeMenu();
    const close = t.closest("[data-close]");
    if (close && close.closest("dialog[data-modal]")) { event.preventDefault(); close.closest("dialog").close(); return; }
    if (t.matches("dialog[data-modal]")) { t.close(); return; }
    if (t.closest("[data-dismiss]")) { t.closest("[data-toast]").remove(); return; }
    if (t.closest("[data-clear]")) { all("[data-select]").forEach((box) => { box.checked = false; }); selection(); return; }
    const tab = t.closest("[data-tab]");
    if (tab) { openTab(tab); return; }
    const option = t.closest("[role=option]");
    if (option) { pick(option.closest("[data-picker]"), option); return; }
    const gone = t.closest("[data-remove-chip]");
    if (gone) { const picker = gone.closest("[data-picker]"); gone.closest("[data-chip]").remove(); one("[role=combobox]", picker).focus(); return; }
    const picker = t.closest("[data-picker]");
    if (picker) { const input = one("[role=combobox]", picker); input.focus(); if (one("[role=listbox]", picker).hidden) suggest(picker); }
  });

  function openTab(tab) {
    all("[role=tab]", tab.parentElement).forEach((other) => {
      other.setAttribute("aria-selected", String(other === tab));
      other.tabIndex = other === tab ? 0 : -1;
      document.getElementById(other.dataset.tab).hidden = other !== tab;
    });
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-into]")) return;
    event.preventDefault();
    clearTimeout(waiting);
    const data = new FormData(form, event.submitter);
    const method = form.method.toUpperCase();
    const options = { method, into: form.dataset.into, push: "push" in form.dataset ? form.dataset.push || "push" : null };
    let url = form.getAttribute("action");
    if (form.closest("#menu")) closeMenu(true);
    if (method === "GET") {
      const query = new URLSearchParams([...data].filter(([, value]) => value !== ""));
      url += query.size ? "?" + query : "";
    } else {
      options.body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
    }
    const buttons = all("button[type=submit]", form);
    if (method === "POST") buttons.forEach((button) => { button.disabled = true; });
    await visit(url, options);
    buttons.forEach((button) => { button.disabled = false; });
  });

  document.addEventListener("input", (event) => {
    const t = event.target;
    if (t.matches("[role=combobox]")) { clearTimeout(waiting); waiting = setTimeout(() => suggest(t.closest("[data-picker]")), 150); }
    else if (t.matches("input[type=search]") && t.form?.matches("[data-live]")) { clearTimeout(waiting); waiting = setTimeout(() => t.form.requestSubmit(), 300); }
    else if (t.matches("[data-unlock]")) one("button[type=submit]", t.form).disabled = t.value.trim() !== t.dataset.unlock;
  });
  document.addEventListener("change", (event) => {
    const t = event.target;
    if (t.matches("[data-select-all]")) { all("[data-select]").forEach((box) => { box.checked = t.checked; }); selection(); }
    else if (t.matches("[data-select]")) selection();
    else if (t.matches("select") && t.form?.matches("[data-live]")) t.form.requestSubmit();
    else if (t.matches("[data-filename]")) one("#chosen-file").textContent = t.files[0]?.name ?? "No file chosen";
  });
  document.addEventListener("focusout", (event) => {
    const picker = event.target.closest?.("[data-picker]");
    if (picker && !picker.contains(event.relatedTarget)) hide(picker);
  });
  document.addEventListener("mousedown", (event) => { if (event.target.closest("[role=option]")) event.preventDefault(); });

  document.addEventListener("keydown", (event) => {
    const t = event.target;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (t.closest?.("#menu")) {
      const items = all("#menu [role=menuitem]");
      if (step) { event.preventDefault(); items.at((items.indexOf(t) + step) % items.length)?.focus(); }
      else if (event.key === "Escape") { event.preventDefault(); closeMenu(true); }
      else if (event.key === "Tab") closeMenu(true);
    } else if (t.matches?.("[role=combobox]")) {
      const picker = t.closest("[data-picker]");
      const list = one("[role=listbox]", picker);
      const options = all("[role=option]", list);
      const current = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
      if (step) {
        event.preventDefault();
        if (list.hidden) suggest(picker);
        else if (options.length) activate(picker, options.at((current + step) % options.length));
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (!list.hidden && options[current]) pick(picker, options[current]);
      } else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); hide(picker); }
      else if (event.key === "Backspace" && !t.value) all("[data-chip]", picker).at(-1)?.remove();
    } else if (t.matches?.("[role=tab]") && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      const tabs = all("[role=tab]", t.parentElement);
      const next = tabs.at((tabs.indexOf(t) + (event.key === "ArrowRight" ? 1 : -1)) % tabs.length);
      next.focus();
      next.click();
    }
  });
  addEventListener("scroll", (event) => { if (!event.target.closest?.("#menu")) closeMenu(); }, true);
  addEventListener("popstate", () => location.reload());
  wake();
})();
