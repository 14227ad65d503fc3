/** What a chat's own controls say, in the person's language, and how they write numbers and dates. */

const WORDS = {
  en: {
    locale: "en-GB",
    start: "Start",
    startNote: "Press Start to begin.",
    message: "Message",
    messageTo: (name) => `Message to ${name}`,
    send: "Send",
    attach: "Attach",
    photo: "Photo",
    document: "Document",
    voiceFile: "Audio file as voice note",
    record: "Record a voice note",
    recording: "Recording",
    recordCancel: "Discard the recording",
    noMicrophone: "The microphone cannot be used here. An audio file can be attached instead.",
    commands: "Commands",
    keyboard: "Show or hide the keyboard",
    more: "More",
    chatMenu: "Chat menu",
    reply: "Reply",
    edit: "Edit",
    copy: "Copy text",
    copied: "Copied",
    editing: "Editing",
    replyingTo: (name) => `Reply to ${name}`,
    cancel: "Cancel",
    remove: "Remove",
    asFile: "Send pictures as files",
    block: "Block the bot",
    unblock: "Unblock the bot",
    blocked: "You have blocked this bot.",
    close: "Close this chat",
    edited: "edited",
    typing: "typing…",
    pinned: "Pinned message",
    pinnedService: "The bot pinned a message",
    latest: "Go to the latest message",
    earlier: "Show earlier messages",
    hidden: "Hidden text, press to show it",
    download: "Download",
    enlarge: "Enlarge the photo",
    play: "Play",
    pause: "Pause",
    position: "Position",
    voiceNote: "Voice note",
    file: "File",
    deleted: "Deleted message",
    unsupported: "A kind of message this page cannot show",
    sending: "Sending",
    failed: "Not sent",
    offline: "no connection",
    retry: "Try again",
    you: "You",
    ok: "OK",
    today: "Today",
    yesterday: "Yesterday",
    opensLink: "opens a link",
    conversation: (name) => `Conversation of ${name}`,
    drop: "Drop files here",
    refused: "That did not work:",
  },
  bn: {
    locale: "bn-BD",
    start: "শুরু করো",
    startNote: "শুরু করতে বোতামটি চাপো।",
    message: "বার্তা",
    messageTo: (name) => `${name}-কে বার্তা`,
    send: "পাঠাও",
    attach: "যোগ করো",
    photo: "ছবি",
    document: "ফাইল",
    voiceFile: "অডিও ফাইল, ভয়েস নোট হিসেবে",
    record: "ভয়েস নোট রেকর্ড করো",
    recording: "রেকর্ড হচ্ছে",
    recordCancel: "রেকর্ডিং বাদ দাও",
    noMicrophone: "এখানে মাইক্রোফোন ব্যবহার করা যাচ্ছে না। তার বদলে একটি অডিও ফাইল দেওয়া যায়।",
    commands: "কমান্ড",
    keyboard: "কিবোর্ড দেখাও বা লুকাও",
    more: "আরও",
    chatMenu: "চ্যাটের মেনু",
    reply: "উত্তর দাও",
    edit: "সম্পাদনা",
    copy: "লেখা কপি করো",
    copied: "কপি হয়েছে",
    editing: "সম্পাদনা চলছে",
    replyingTo: (name) => `${name}-এর উত্তরে`,
    cancel: "বাতিল",
    remove: "সরাও",
    asFile: "ছবি ফাইল হিসেবে পাঠাও",
    block: "বট ব্লক করো",
    unblock: "বট আনব্লক করো",
    blocked: "তুমি এই বটকে ব্লক করেছ।",
    close: "এই চ্যাট বন্ধ করো",
    edited: "সম্পাদিত",
    typing: "লিখছে…",
    pinned: "পিন করা বার্তা",
    pinnedService: "বট একটি বার্তা পিন করেছে",
    latest: "শেষ বার্তায় যাও",
    earlier: "আগের বার্তা দেখাও",
    hidden: "লুকানো লেখা, দেখতে চাপো",
    download: "ডাউনলোড",
    enlarge: "ছবি বড় করো",
    play: "চালাও",
    pause: "থামাও",
    position: "অবস্থান",
    voiceNote: "ভয়েস নোট",
    file: "ফাইল",
    deleted: "মুছে ফেলা বার্তা",
    unsupported: "এই ধরনের বার্তা এখানে দেখানো যায় না",
    sending: "পাঠানো হচ্ছে",
    failed: "পাঠানো যায়নি",
    offline: "সংযোগ নেই",
    retry: "আবার চেষ্টা করো",
    you: "তুমি",
    ok: "ঠিক আছে",
    today: "আজ",
    yesterday: "গতকাল",
    opensLink: "লিংক খোলে",
    conversation: (name) => `${name}-এর আলাপ`,
    drop: "ফাইল এখানে ছাড়ো",
    refused: "কাজটি হলো না:",
  },
};

export function wordsFor(person) {
  return person.language_code?.startsWith("bn") ? WORDS.bn : WORDS.en;
}

/** `seconds` is Unix time, as in the Bot API. */
export function clockTime(seconds, words) {
  return new Intl.DateTimeFormat(words.locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    seconds * 1000,
  );
}

export function dayName(seconds, words) {
  const day = new Date(seconds * 1000);
  const now = new Date();
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (day.toDateString() === now.toDateString()) return words.today;
  if (day.toDateString() === yesterday.toDateString()) return words.yesterday;
  const year = day.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(words.locale, { weekday: "long", day: "numeric", month: "long", year }).format(day);
}

export function sameDay(a, b) {
  return new Date(a * 1000).toDateString() === new Date(b * 1000).toDateString();
}

export function fileSize(bytes, words) {
  const units = ["B", "kB", "MB", "GB"];
  let power = 0;
  let amount = bytes;
  while (amount >= 1000 && power < units.length - 1) {
    amount /= 1000;
    power += 1;
  }
  const digits = power && amount < 10 ? 1 : 0;
  return `${new Intl.NumberFormat(words.locale, { maximumFractionDigits: digits }).format(amount)} ${units[power]}`;
}

/** Minutes and seconds, as on a player. */
export function duration(seconds, words) {
  const whole = Math.max(0, Math.round(seconds || 0));
  const two = new Intl.NumberFormat(words.locale, { minimumIntegerDigits: 2 });
  const one = new Intl.NumberFormat(words.locale);
  return `${one.format(Math.floor(whole / 60))}:${two.format(whole % 60)}`;
}
