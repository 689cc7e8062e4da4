import { Transition } from '@headlessui/react';
import { CheckCircleIcon, ExclamationCircleIcon, XMarkIcon } from '@heroicons/react/24/outline';
import { type ReactNode, createContext, useContext, useRef, useState } from 'react';

const Context = createContext<(text: string, failed?: boolean) => void>(() => undefined);
export const useNotification = () => useContext(Context);

export function NotificationProvider({ children }: { children: ReactNode }) {
  const [show, setShow] = useState(false);
  const [shown, setShown] = useState({ text: '', failed: false });
  const timer = useRef<number>(undefined);

  function notify(text: string, failed = false) {
    window.clearTimeout(timer.current);
    setShown({ text, failed });
    setShow(true);
    timer.current = window.setTimeout(() => setShow(false), 3500);
  }

  return (
    <Context.Provider value={notify}>
      {children}
      <div aria-live="assertive" className="pointer-events-none fixed inset-0 z-50 flex items-start justify-end p-6">
        <Transition show={show}>
          <div className="pointer-events-auto flex w-full max-w-sm items-start rounded-lg bg-white p-4 shadow-lg ring-1 ring-black/5 transition data-closed:opacity-0">
            {shown.failed ? <ExclamationCircleIcon className="size-6 text-red-400" /> : <CheckCircleIcon className="size-6 text-green-400" />}
            <p className="ml-3 flex-1 text-sm font-medium text-gray-900">{shown.text}</p>
            <button type="button" onClick={() => setShow(false)} className="text-gray-400 hover:text-gray-500">
              <span className="sr-only">Close</span>
              <XMarkIcon className="size-5" />
            </button>
          </div>
        </Transition>
      </div>
    </Context.Provider>
  );
}
