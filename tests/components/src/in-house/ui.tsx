import { useEffect, useLayoutEffect, useRef, useState, type AnchorHTMLAttributes, type KeyboardEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { ApiError, initials, standing, useDebounced, type Person } from '../shared/api';

// Routing

export function go(path: string) {
  window.history.pushState(null, '', path);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

export function usePath() {
  const [path, setPath] = useState(window.location.pathname);
  useEffect(() => {
    const follow = () => setPath(window.location.pathname);
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  return path;
}

export function Link({ href, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        go(href);
      }}
    />
  );
}

// Sending

export const reason = (problem: unknown) => {
  if (!(problem instanceof ApiError)) return 'We couldn’t reach the server. Please try again.';
  return Object.values(problem.fields).join(' ') || problem.message;
};

/** What a form needs to know about its request: whether it runs, and what was refused in all or by field. */
export function useSubmit() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const submit = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(undefined);
    await work().catch(setProblem);
    setBusy(false);
  };
  const fields = problem instanceof ApiError ? problem.fields : {};
  const message = problem ? reason(problem) : '';
  return { busy, submit, fields, message, general: Object.keys(fields).length ? '' : message, forget: () => setProblem(undefined) };
}

// Icons

const PATHS = {
  close: 'M6 6l12 12M18 6L6 18',
  search: 'M11 4a7 7 0 100 14 7 7 0 000-14zM16 16l5 5',
  download: 'M12 4v11m-5-5l5 5 5-5M5 20h14',
  caret: 'M6 9l6 6 6-6',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  check: 'M5 12.5l5 5L19 7',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  book: 'M5 4h13v16H6.5A1.5 1.5 0 015 18.5zM5 18a1.5 1.5 0 011.5-1.5H18',
  chart: 'M5 20V10m7 10V4m7 16v-7',
  gear: 'M12 9a3 3 0 100 6 3 3 0 000-6zM12 3v3m0 12v3M3 12h3m12 0h3M5.6 5.6l2.1 2.1m8.6 8.6l2.1 2.1m0-12.8l-2.1 2.1m-8.6 8.6l-2.1 2.1',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5z',
};

export function Icon({ name, size = 16 }: { name: keyof typeof PATHS; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" className="shrink-0">
      <path d={PATHS[name]} />
    </svg>
  );
}

// Small things

export function Avatar({ name, large }: { name: string; large?: boolean }) {
  const size = large ? 'w-11 h-11 text-base' : 'w-8 h-8 text-xs';
  return <span className={`${size} shrink-0 inline-flex items-center justify-center rounded-full bg-brand-wash text-brand font-bold`}>{initials(name)}</span>;
}

export function StatusPill({ person }: { person: Person }) {
  const word = standing(person);
  const tone = { User: 'bg-brand-wash text-brand-dark', Admin: 'bg-indigo-100 text-indigo-800', Deactivated: 'bg-slate-200 text-slate-600' }[word];
  return <span className={`pill ${tone}`}>{word}</span>;
}

export function Tip({ text, children }: { text: ReactNode; children: ReactNode }) {
  const [box, setBox] = useState<DOMRect>();
  return (
    <span className="inline-flex" onMouseEnter={(event) => setBox(event.currentTarget.getBoundingClientRect())} onMouseLeave={() => setBox(undefined)}>
      {children}
      {box &&
        createPortal(
          <div
            className="fixed z-40 mt-1 -translate-x-1/2 rounded bg-ink px-2 py-1 text-xs text-white whitespace-nowrap pointer-events-none"
            style={{ top: box.bottom, left: box.left + box.width / 2 }}
          >
            {text}
          </div>,
          document.body,
        )}
    </span>
  );
}

export function Checkbox({ checked, onChange, children }: { checked: boolean; onChange: (checked: boolean) => void; children?: ReactNode }) {
  return (
    <label className="flex w-fit items-center gap-2 cursor-pointer">
      <input type="checkbox" className="peer sr-only" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span
        className={`w-4 h-4 shrink-0 inline-flex items-center justify-center rounded-sm border peer-focus-visible:ring-2 ring-brand/40 ${checked ? 'bg-brand border-brand text-white' : 'bg-white border-slate-400'}`}
      >
        {checked && <Icon name="check" size={12} />}
      </span>
      {children}
    </label>
  );
}

export function Toggle({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  return (
    <button type="button" aria-pressed={on} onClick={() => onChange(!on)} className={`w-9 h-5 shrink-0 rounded-full p-0.5 transition-colors ${on ? 'bg-brand' : 'bg-slate-300'}`}>
      <span className={`block w-4 h-4 rounded-full bg-white transition-transform ${on ? 'translate-x-4' : ''}`} />
    </button>
  );
}

export interface Notice {
  good: boolean;
  text: string;
}

export function Banner({ notice, onClose }: { notice: Notice; onClose?: () => void }) {
  return (
    <div className={`flex items-start gap-3 rounded-md border px-4 py-2.5 ${notice.good ? 'bg-brand-wash border-brand/30' : 'bg-bad-wash border-bad/30 text-bad'}`}>
      <div className="flex-1 whitespace-pre-line break-words min-w-0">{notice.text}</div>
      {onClose && (
        <button type="button" title="Dismiss" className="mt-0.5 opacity-70 hover:opacity-100" onClick={onClose}>
          <Icon name="close" size={14} />
        </button>
      )}
    </div>
  );
}

function useEscape(onEscape: () => void) {
  const latest = useRef(onEscape);
  latest.current = onEscape;
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => event.key === 'Escape' && latest.current();
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

interface ModalProps {
  title: string;
  yes: string;
  no?: string;
  danger?: boolean;
  off?: boolean;
  onYes: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function Modal({ title, yes, no = 'Cancel', danger, off, onYes, onClose, children }: ModalProps) {
  useEscape(onClose);
  return (
    <div className="fixed inset-0 z-50 overflow-y-auto bg-slate-900/40 p-6" onMouseDown={(event) => event.target === event.currentTarget && onClose()}>
      <div role="dialog" className="mx-auto my-10 max-w-lg rounded-lg bg-white shadow-xl">
        <div className="flex items-center justify-between px-6 pt-5">
          <h2 className="text-lg font-bold">{title}</h2>
          <button type="button" title="Close" className="icon-btn -mr-2" onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        <div className="px-6 py-4 space-y-4">{children}</div>
        <div className="flex justify-end gap-2 rounded-b-lg border-t border-line bg-wash px-6 py-3">
          <button type="button" className="btn" onClick={onClose}>
            {no}
          </button>
          <button type="button" className={`btn ${danger ? 'btn-danger' : 'btn-primary'}`} disabled={off} onClick={onYes}>
            {yes}
          </button>
        </div>
      </div>
    </div>
  );
}

export function SidePanel({ onClose, sticky, children }: { onClose: () => void; sticky?: boolean; children: ReactNode }) {
  useEscape(onClose);
  return (
    <div className="fixed inset-0 z-40">
      <div className="absolute inset-0 bg-slate-900/20" onClick={() => sticky || onClose()} />
      <div className="panel absolute inset-y-0 right-0 w-[420px] max-w-full flex flex-col bg-white shadow-2xl">{children}</div>
    </div>
  );
}

/** A button with three dots whose popover hangs in the body, so that scrolling tables do not cut it off. */
export function Kebab({ children }: { children: (close: () => void) => ReactNode }) {
  const button = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<{ top: number; right: number; up: boolean }>();
  const close = () => setPlace(undefined);
  const open = () => {
    const box = button.current!.getBoundingClientRect();
    const up = box.bottom + 250 > window.innerHeight;
    setPlace({ top: (up ? box.top - 4 : box.bottom + 4) + window.scrollY, right: document.documentElement.clientWidth - box.right, up });
  };
  return (
    <>
      <button ref={button} type="button" title="More" className="icon-btn" onClick={open}>
        <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor">
          <circle cx="8" cy="3" r="1.5" />
          <circle cx="8" cy="8" r="1.5" />
          <circle cx="8" cy="13" r="1.5" />
        </svg>
      </button>
      {place &&
        createPortal(
          <Popover close={close}>
            <div className="pop absolute z-50 min-w-52" style={{ top: place.top, right: place.right, transform: place.up ? 'translateY(-100%)' : undefined }}>
              {children(close)}
            </div>
          </Popover>,
          document.body,
        )}
    </>
  );
}

function Popover({ close, children }: { close: () => void; children: ReactNode }) {
  useEscape(close);
  return (
    <>
      <div className="fixed inset-0 z-40" onClick={close} />
      {children}
    </>
  );
}

export interface Choice {
  value: string;
  label: string;
}

export function Select({ label, value, choices, onChange }: { label: string; value: string; choices: Choice[]; onChange: (value: string) => void }) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const pick = (choice: Choice) => {
    onChange(choice.value);
    setOpen(false);
  };
  const toggle = () => {
    setActive(Math.max(0, choices.findIndex((choice) => choice.value === value)));
    setOpen(!open);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(false);
    else if (event.key === 'Enter' || event.key === ' ') open ? pick(choices[active]) : toggle();
    else if (event.key === 'ArrowDown') setActive(Math.min(choices.length - 1, active + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
    else return;
    event.preventDefault();
  };
  return (
    <div className="relative">
      <div tabIndex={0} className="flex h-9 items-center gap-1.5 rounded-md border border-line bg-white px-3 cursor-pointer whitespace-nowrap hover:border-slate-400" onClick={toggle} onKeyDown={press}>
        <span className="text-sub">{label}:</span>
        <span className="font-semibold">{choices.find((choice) => choice.value === value)?.label}</span>
        <Icon name="caret" size={14} />
      </div>
      {open && (
        <>
          <div className="fixed inset-0 z-20" onClick={() => setOpen(false)} />
          <div className="pop absolute left-0 top-full z-30 mt-1 min-w-full">
            {choices.map((choice, index) => (
              <div
                key={choice.value}
                className={`pop-item whitespace-nowrap ${index === active ? 'bg-wash' : ''} ${choice.value === value ? 'font-semibold text-brand' : ''}`}
                onMouseEnter={() => setActive(index)}
                onClick={() => pick(choice)}
              >
                {choice.label}
              </div>
            ))}
          </div>
        </>
      )}
    </div>
  );
}

export interface Suggestion {
  value: string;
  label: string;
  hint?: string;
}

interface TagInputProps {
  items: string[];
  onChange: (items: string[]) => void;
  placeholder: string;
  error?: string;
  /** What to offer for a text. */
  suggest: (text: string) => Promise<Suggestion[]>;
  /** The value that a text names by itself, without picking. */
  exact: (text: string) => string | null;
  /** The wording of the last choice, for a text that nothing offered matches. */
  create: (text: string) => string | null;
}

export function TagInput({ items, onChange, placeholder, error, suggest, exact, create }: TagInputProps) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [found, setFound] = useState<{ text: string; options: Suggestion[] }>();
  const settled = useDebounced(text.trim(), 200);
  const asked = useRef(suggest);
  useLayoutEffect(() => {
    asked.current = suggest;
  });
  useEffect(() => {
    if (!open) return;
    let current = true;
    asked.current(settled).then(
      (options) => current && (setFound({ text: settled, options }), setActive(settled ? 0 : -1)),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [settled, open]);

  const typed = text.trim();
  const fresh = found?.text === typed;
  const options = (found?.options ?? []).filter((option) => !items.includes(option.value));
  const own = typed && create(typed);
  if (fresh && own && !found.options.some((option) => option.value.toLowerCase() === typed.toLowerCase())) {
    options.push({ value: typed, label: own });
  }
  const add = (value: string) => {
    if (!items.includes(value)) onChange([...items, value]);
    setText('');
    setOpen(false);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      const value = exact(typed) ?? (open && fresh ? options[active]?.value : undefined);
      if (typed || open) value && add(value);
    } else if (event.key === 'Backspace' && !text && items.length) onChange(items.slice(0, -1));
    else if (event.key === 'ArrowDown') open ? setActive(Math.min(options.length - 1, active + 1)) : setOpen(true);
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
    else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setOpen(false);
    }
  };
  const leave = () => {
    const value = exact(typed);
    if (value) add(value);
    setText('');
    setOpen(false);
  };
  return (
    <div className="relative">
      <div className={`flex flex-wrap gap-1 rounded-md border bg-white p-1 focus-within:border-brand focus-within:ring-2 focus-within:ring-brand/20 ${error ? 'border-bad' : 'border-line'}`}>
        {items.map((item) => (
          <span key={item} className="chip">
            {item}
            <span className="cursor-pointer text-sub hover:text-bad" onMouseDown={(event) => event.preventDefault()} onClick={() => onChange(items.filter((other) => other !== item))}>
              <Icon name="close" size={12} />
            </span>
          </span>
        ))}
        <input
          className="flex-1 min-w-28 h-7 px-2 outline-none"
          placeholder={items.length ? '' : placeholder}
          autoComplete="off"
          value={text}
          onChange={(event) => (setText(event.target.value), setOpen(true))}
          onClick={() => setOpen(true)}
          onKeyDown={press}
          onBlur={leave}
        />
      </div>
      {open && (options.length > 0 || (fresh && typed)) && (
        <div className="pop absolute inset-x-0 top-full z-30 mt-1 max-h-60 overflow-y-auto" onMouseDown={(event) => event.preventDefault()}>
          {options.map((option, index) => (
            <div key={option.value} className={`pop-item ${index === active ? 'bg-wash' : ''}`} onMouseEnter={() => setActive(index)} onClick={() => add(option.value)}>
              <div>{option.label}</div>
              {option.hint && <div className="text-[13px] text-sub">{option.hint}</div>}
            </div>
          ))}
          {options.length === 0 && <div className="px-3.5 py-1.5 text-sub">No matches. Type a full email address to add someone new.</div>}
        </div>
      )}
      {error && <div className="err">{error}</div>}
    </div>
  );
}
