// The frame's small part in the browser. It keeps the person's token in this browser's own storage, takes a personal
// link out of the address bar, keeps the language in the URL, tells assistive technology the page's language, holds
// for this tab where a link led that needs a log-in first, and turns links between pages into page switches, so that
// a click doesn't load the whole app again.
const KEY = "toile.person";
const PLACE = "toile.place";
const PATIENCE = 5000; // milliseconds after which an answer that had no effect is given again

function stored() {
  try {
    return window.localStorage.getItem(KEY) || "";
  } catch {
    return ""; // storage is switched off: the person lasts as long as the tab
  }
}

function store(token) {
  try {
    window.localStorage.setItem(KEY, token);
  } catch {
    // as above
  }
}

function heldPlace() {
  try {
    return JSON.parse(window.sessionStorage.getItem(PLACE) || "null");
  } catch {
    return null; // storage is switched off, or something else was written there
  }
}

function holdPlace(held) {
  try {
    if (held) window.sessionStorage.setItem(PLACE, JSON.stringify(held));
    else window.sessionStorage.removeItem(PLACE);
  } catch {
    // as above: after the log-in stands Home
  }
}

// Before a log-in the place is held; after it, it is given back once, and only at the root, where a provider leads to.
function landing({ place, language, hold, shut }) {
  const held = heldPlace();
  if (hold) {
    // A log-in that failed comes back to the root, too: the link still leads where it led.
    holdPlace({ place: shut && !place && held ? held.place : place, language });
    return null;
  }
  if (held) holdPlace(null);
  return held && !place && (held.place || held.language !== language) ? held : null;
}

// Replaces and never adds a history entry: neither 'back' nor a shared address may bring a token up again.
function tidyAddress(language) {
  const url = new URL(window.location.href);
  const fragment = new URLSearchParams(url.hash.slice(1));
  const link = fragment.get("me") || url.searchParams.get("me") || "";
  if (fragment.has("me")) url.hash = "";
  url.searchParams.delete("me");
  url.searchParams.set("lang", language);
  if (url.href !== window.location.href) window.history.replaceState(window.history.state, "", url);
  return link;
}

export default function ({ data, setTriggerValue }) {
  if (data.ended) {
    window.location.reload(); // somebody else begins here, or the same person with a new link
    return;
  }
  document.documentElement.lang = data.language;
  if (window.toileSpeaks !== data.language) speak(data.words, data.language);
  window.toileSpeaks = data.language;
  document.documentElement.dataset.toile = data.known ? "known" : "asking"; // what tests wait for
  if (data.store) store(data.store);
  const answer = (link) => setTriggerValue("answer", { token: stored(), link });
  // This may be called several times before the answer has arrived, and the link is in the address only once.
  const link = tidyAddress(data.language);
  if (link) window.toileLink = link;
  if (!data.known) {
    // Each question is answered once: a second answer would break off the run that draws the page, and what that run
    // had just told a field would be lost. An answer that got lost on its way is given again.
    window.toileAnswer = () => answer(window.toileLink || "");
    if (window.toileTold !== data.asks) {
      window.toileTold = data.asks;
      window.toileAnswer();
      window.clearInterval(window.toileWaits);
      window.toileWaits = window.setInterval(() => window.toileAnswer(), PATIENCE);
    }
  } else {
    if (link) answer(link);
    window.toileLink = "";
    window.clearInterval(window.toileWaits);
  }

  if (data.known) {
    const held = landing(data.landing);
    if (held) setTriggerValue("landing", held);
  }

  // A link pasted into the tab that is already here changes the fragment only: nothing is loaded again.
  const pasted = () => {
    const found = tidyAddress(data.language);
    if (found) answer(found);
  };
  if (window.toilePasted) window.removeEventListener("hashchange", window.toilePasted);
  window.toilePasted = pasted;
  window.addEventListener("hashchange", pasted);

  const follow = (event) => {
    const anchor = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.dataset.page);
    if (!anchor || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("page", anchor.dataset.page);
  };
  if (window.toileFollow) document.removeEventListener("click", window.toileFollow);
  window.toileFollow = follow;
  document.addEventListener("click", follow);
}
