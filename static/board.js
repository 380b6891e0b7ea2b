// Cards move between lanes by mouse, by touch (a long press lifts) and by keyboard (Space, arrows, Space).
// A drop sends what the card's own menu would send; without this file that menu does it.
"use strict";
(() => {
  const { send, say, askMore, byId, $, $$ } = tutti;
  const board = node => node?.closest?.(".board[data-lifted]");
  const laneName = lane => lane.getAttribute("aria-label") ?? $("h2", lane)?.textContent.trim() ?? "";
  const movable = card => "version" in card.dataset; // written only for those who may
  const statusPath = card => `${$(".ttl", card).getAttribute("href")}/status`;
  const title = card => $(".ttl", card)?.textContent.trim() ?? "";
  const fill = (words, card, lane) => words.replace("{task}", title(card)).replace("{lane}", laneName(lane));

  /** Sends the card's new status; the answer redraws the board, so a refused move goes back by itself. */
  function drop(card, lane) {
    const home = card.closest(".lane"), place = board(card), status = lane.dataset.lane;
    if (home === lane) return say(fill(place.dataset.kept, card, home));
    const target = place.dataset.swap ?? `#${place.id}`;
    const body = new URLSearchParams({ version: card.dataset.version, status });
    if (place.dataset.back) body.set("back", place.dataset.back);
    const url = new URL(statusPath(card), location.href);
    const dialog = status === "blocked" && byId("ask-blocked");
    if (dialog?.showModal) return askMore(dialog, url, body, target, title(card));
    const words = fill(place.dataset.dropped, card, lane);
    $("ul, ol", lane)?.prepend(card);
    send({ url, method: "POST", body: () => body, target, form: null, key: card }).then(() => say(words));
  }

  // ---- Mouse and touch.

  let held = null; // { card, ghost, place, dx, dy, x, y, lane }
  let press = null; // a pointer that is down and may yet become a drag
  let justDropped = false;

  const interactive = "a:not(.ttl), button, summary, input, select, textarea, label, form, [popover]";

  document.addEventListener("pointerdown", event => {
    const card = event.target.closest?.(".card"), place = board(card);
    if (!place || event.button || !movable(card) || event.target.closest(interactive)) return;
    if (!event.isPrimary) return; // a second finger neither takes the card over nor lifts another
    press = { card, place, id: event.pointerId, x: event.clientX, y: event.clientY, touch: event.pointerType !== "mouse" };
    if (press.touch) press.timer = setTimeout(() => press && lift(), 380);
  });

  function lift() {
    const { card, place, x, y } = press, box = card.getBoundingClientRect();
    const ghost = card.cloneNode(true);
    ghost.removeAttribute("id");
    $$("[id]", ghost).forEach(part => part.removeAttribute("id"));
    ghost.classList.add("ghost");
    ghost.setAttribute("aria-hidden", "true");
    ghost.inert = true;
    ghost.style.width = `${box.width}px`;
    document.body.append(ghost);
    card.classList.add("lifted");
    place.classList.add("moving");
    held = { card, ghost, place, dx: x - box.left, dy: y - box.top, lane: null };
    follow(x, y);
    if (press.touch && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(15); // browsers log an error before the first tap
    say(fill(place.dataset.lifted, card, card.closest(".lane")));
  }

  function follow(x, y) {
    Object.assign(held, { x, y });
    held.ghost.style.translate = `${x - held.dx}px ${y - held.dy}px`;
    const lane = document.elementFromPoint(x, y)?.closest(".lane");
    const over = lane && held.place.contains(lane) ? lane : null;
    if (over !== held.lane) {
      held.lane?.classList.remove("over");
      over?.classList.add("over");
      held.lane = over;
    }
    const box = held.place.getBoundingClientRect(), edge = 48;
    held.pull = x < box.left + edge ? -1 : x > box.right - edge ? 1 : 0;
    held.rise = y < edge ? -1 : y > innerHeight - edge ? 1 : 0;
    if (!held.pull && !held.rise) held.since = 0;
    else if (!held.frame) held.frame = requestAnimationFrame(scroll);
  }

  // 720 pixels a second, whatever the screen's rate; no leap after a pause.
  function scroll(now) {
    if (!held) return;
    const step = Math.min(now - (held.since || now - 16), 50) * 0.72;
    Object.assign(held, { frame: 0, since: now });
    held.place.scrollLeft += held.pull * step;
    scrollBy(0, held.rise * step);
    follow(held.x, held.y); // the finger rests, but another lane has come under it
  }

  function release(save) {
    clearTimeout(press?.timer);
    press = null;
    if (!held) return;
    const { card, ghost, place, lane, frame } = held;
    cancelAnimationFrame(frame);
    held = null;
    ghost.remove();
    card.classList.remove("lifted");
    place.classList.remove("moving");
    lane?.classList.remove("over");
    justDropped = true;
    setTimeout(() => { justDropped = false; }, 50);
    if (save && lane) drop(card, lane);
    else say(fill(place.dataset.kept, card, card.closest(".lane")));
  }

  document.addEventListener("pointermove", event => {
    if (!press || event.pointerId !== press.id) return;
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > 6;
    if (!held && far) {
      if (press.touch) { clearTimeout(press.timer); press = null; return; } // it is a scroll
      lift();
    }
    if (held) { event.preventDefault(); follow(event.clientX, event.clientY); }
  });
  document.addEventListener("pointerup", event => { if (press && event.pointerId === press.id) release(true); });
  document.addEventListener("pointercancel", event => { if (press && event.pointerId === press.id) release(false); });
  // A touch that stops a board on the move cannot be kept from scrolling it; it ends in `pointercancel`.
  document.addEventListener("touchmove", event => { if (held && event.cancelable) event.preventDefault(); }, { passive: false });
  document.addEventListener("dragstart", event => { if (board(event.target)) event.preventDefault(); });
  document.addEventListener("contextmenu", event => { if (held || press?.touch) event.preventDefault(); });
  document.addEventListener("click", event => {
    if (justDropped && board(event.target)) { event.preventDefault(); event.stopPropagation(); }
  }, true);

  // ---- Keyboard: the card's title has the focus.

  let carried = null; // { card, lane }
  function settle() {
    carried.card.classList.remove("lifted");
    carried.lane.classList.remove("over");
    carried = null;
  }
  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && held) { event.preventDefault(); return release(false); }
    const link = event.target, card = link.matches?.(".card .ttl") ? link.closest(".card") : null, place = board(card);
    if (!carried) {
      if (event.key !== " " || !place || !movable(card)) return;
      event.preventDefault();
      carried = { card, lane: card.closest(".lane") };
      card.classList.add("lifted");
      carried.lane.classList.add("over");
      return say(fill(place.dataset.lifted, card, carried.lane));
    }
    const lanes = $$(".lane[data-lane]", board(carried.card)), step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const to = lanes[Math.min(Math.max(lanes.indexOf(carried.lane) + step, 0), lanes.length - 1)];
      carried.lane.classList.remove("over");
      to.classList.add("over");
      to.scrollIntoView({ block: "nearest", inline: "nearest" });
      carried.lane = to;
      say(laneName(to));
    } else if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      const { card: moved, lane } = carried;
      settle();
      drop(moved, lane);
      $(".ttl", moved)?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      const { card: kept } = carried;
      if (event.key === "Escape") event.preventDefault();
      settle();
      say(fill(board(kept).dataset.kept, kept, kept.closest(".lane")));
    }
  });
  document.addEventListener("focusin", event => { // say once how it works
    const card = event.target.matches?.(".card .ttl") && event.target.closest(".card"), place = board(card);
    if (!place || place.dataset.told || !place.dataset.help) return;
    place.dataset.told = "1";
    const help = document.createElement("p");
    help.id = "board-help"; help.className = "vh"; help.textContent = place.dataset.help;
    if (!byId("board-help")) document.body.append(help);
    event.target.setAttribute("aria-describedby", "board-help");
  });

  // ---- One menu for all cards: <a class="dots" href="…the task's page…"> opens a copy of <template id="card-menu">.

  document.addEventListener("click", event => {
    const opener = event.target.closest?.(".card .dots"), card = opener?.closest(".card"), template = byId("card-menu");
    if (!card || !template || !HTMLElement.prototype.showPopover || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    byId("card-menu-open")?.remove();
    const menu = template.content.firstElementChild.cloneNode(true), place = board(card);
    menu.id = "card-menu-open";
    menu.popover = "auto";
    menu.classList.add("pop");
    menu.dataset.title = title(card);
    menu.setAttribute("action", statusPath(card));
    menu.dataset.swap ||= place.dataset.swap ?? `#${place.id}`;
    const hidden = { version: card.dataset.version, back: place.dataset.back };
    for (const [name, value] of Object.entries(hidden)) if (value !== undefined) {
      const input = document.createElement("input");
      input.type = "hidden"; input.name = name; input.value = value;
      menu.append(input);
    }
    $(`[value="${card.closest(".lane")?.dataset.lane}"]`, menu)?.setAttribute("aria-current", "true");
    document.body.append(menu);
    menu.addEventListener("toggle", change => {
      if (change.newState === "closed") { opener.setAttribute("aria-expanded", "false"); if (menu.contains(document.activeElement)) opener.focus(); menu.remove(); }
    });
    menu.showPopover();
    opener.setAttribute("aria-expanded", "true");
    const box = opener.getBoundingClientRect(), own = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(box.right - own.width, innerWidth - own.width - 8))}px`;
    menu.style.top = `${box.bottom + own.height + 8 > innerHeight ? Math.max(8, box.top - own.height - 4) : box.bottom + 4}px`;
    $("button", menu)?.focus();
  });
})();
