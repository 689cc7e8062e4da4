import { Dialog, DialogBackdrop, DialogPanel, DialogTitle } from '@headlessui/react';
import { XMarkIcon } from '@heroicons/react/24/outline';
import type { ReactNode } from 'react';

interface Props {
  open: boolean;
  title: string;
  children: ReactNode;
  footer: ReactNode;
  onClose: () => void;
}

export function SlideOver({ open, title, children, footer, onClose }: Props) {
  return (
    <Dialog open={open} onClose={onClose} className="relative z-10">
      <DialogBackdrop transition className="fixed inset-0 bg-gray-500/75 transition-opacity duration-300 data-closed:opacity-0" />
      <div className="fixed inset-0 overflow-hidden">
        <div className="absolute inset-y-0 right-0 flex max-w-full pl-10">
          <DialogPanel transition className="w-screen max-w-md transform transition duration-300 data-closed:translate-x-full">
            <div className="flex h-full flex-col bg-white shadow-xl">
              <div className="flex items-start justify-between bg-indigo-700 px-6 py-5">
                <DialogTitle className="text-base font-semibold text-white">{title}</DialogTitle>
                <button type="button" onClick={onClose} className="text-indigo-200 hover:text-white">
                  <span className="sr-only">Close panel</span>
                  <XMarkIcon className="size-6" />
                </button>
              </div>
              <div className="flex-1 space-y-5 overflow-y-auto px-6 py-5">{children}</div>
              <div className="flex justify-end gap-3 border-t border-gray-200 px-6 py-4">{footer}</div>
            </div>
          </DialogPanel>
        </div>
      </div>
    </Dialog>
  );
}
