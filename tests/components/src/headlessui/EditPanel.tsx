import { Dialog, DialogBackdrop, DialogPanel, DialogTitle } from '@headlessui/react';
import { ExclamationTriangleIcon } from '@heroicons/react/24/outline';
import { useState } from 'react';
import { ApiError, type Draft, type Person, api, fullName } from '../shared/api';
import { useNotification } from './Notification';
import { SlideOver } from './SlideOver';
import { DANGER, LABEL, PRIMARY, WHITE } from './classes';
import { AccessFields, type Errors, TextField } from './fields';

interface Props {
  person: Person;
  groups: string[];
  onClose: () => void;
  onDone: () => void;
}

export function EditPanel({ person, groups, onClose, onDone }: Props) {
  const notify = useNotification();
  const [draft, setDraft] = useState<Draft>(person);
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const onChange = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  async function run(work: () => Promise<unknown>, done: string) {
    setBusy(true);
    setErrors({});
    try {
      await work();
      notify(done);
      onDone();
    } catch (problem) {
      const { fields, message } = problem as ApiError;
      setErrors(fields);
      if (!Object.keys(fields).length) notify(message, true);
    } finally {
      setBusy(false);
    }
  }

  function save() {
    const { first_name, last_name, role, groups: chosen, managers } = draft;
    run(() => api.edit(person.id, { first_name, last_name, role, groups: chosen, managers }), 'Successfully saved!');
  }

  return (
    <>
      <SlideOver
        open
        title={fullName(person)}
        onClose={onClose}
        footer={
          <>
            <button type="button" className={WHITE} onClick={onClose}>
              Cancel
            </button>
            <button type="button" className={PRIMARY} disabled={busy} onClick={save}>
              Save
            </button>
          </>
        }
      >
        <div>
          <p className={LABEL}>Email address</p>
          <p className="mt-1 text-sm text-gray-600">{person.email}</p>
        </div>
        <TextField name="first_name" label="First name" {...{ draft, errors, onChange }} />
        <TextField name="last_name" label="Last name" {...{ draft, errors, onChange }} />
        <AccessFields {...{ draft, errors, groups, onChange }} />
        <div className="flex gap-3 border-t border-gray-200 pt-5">
          {person.status === 'invited' && (
            <button type="button" className={WHITE} onClick={() => run(() => api.resend(person.id), 'Invitation resent!')}>
              Resend invitation
            </button>
          )}
          {person.status === 'deactivated' ? (
            <button type="button" className={WHITE} onClick={() => run(() => api.reactivate(person.id), 'Successfully reactivated!')}>
              Reactivate
            </button>
          ) : (
            <button type="button" className="text-sm font-semibold text-red-600 hover:text-red-500" onClick={() => setConfirming(true)}>
              Deactivate
            </button>
          )}
        </div>
      </SlideOver>
      <Dialog open={confirming} onClose={setConfirming} className="relative z-20">
        <DialogBackdrop className="fixed inset-0 bg-gray-500/75" />
        <div className="fixed inset-0 flex items-center justify-center p-4">
          <DialogPanel className="w-full max-w-lg rounded-lg bg-white p-6 shadow-xl">
            <div className="flex gap-4">
              <div className="flex size-10 shrink-0 items-center justify-center rounded-full bg-red-100">
                <ExclamationTriangleIcon className="size-6 text-red-600" />
              </div>
              <div>
                <DialogTitle className="text-base font-semibold text-gray-900">Deactivate account</DialogTitle>
                <p className="mt-2 text-sm text-gray-500">
                  Are you sure you want to deactivate this account? The user will no longer be able to sign in. Completed courses and
                  certificates are kept.
                </p>
              </div>
            </div>
            <div className="mt-5 flex flex-row-reverse gap-3">
              <button
                type="button"
                className={DANGER}
                onClick={() => {
                  setConfirming(false);
                  run(() => api.deactivate(person.id), 'Successfully deactivated!');
                }}
              >
                Deactivate
              </button>
              <button type="button" className={WHITE} onClick={() => setConfirming(false)}>
                Cancel
              </button>
            </div>
          </DialogPanel>
        </div>
      </Dialog>
    </>
  );
}
