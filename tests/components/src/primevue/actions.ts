import { useConfirm } from 'primevue/useconfirm';
import { useToast } from 'primevue/usetoast';
import { api, fullName, type Person } from '../shared/api';
import { reason, signedOut } from './words';

/** What can be done to a person: each asks where needed, tells how it went, and hands back the person as saved. */
export function useActions(done: (person: Person) => void) {
  const confirm = useConfirm();
  const toast = useToast();

  async function run(work: () => Promise<Person>, said: (person: Person) => string) {
    try {
      const person = await work();
      toast.add({ severity: 'success', summary: said(person), life: 4000 });
      done(person);
    } catch (error) {
      if (!signedOut(error)) toast.add({ severity: 'error', summary: 'That did not work', detail: reason(error), life: 9000 });
    }
  }

  const question = (header: string, message: string, target?: HTMLElement) =>
    target ? { group: 'popup', target, message: `${header} ${message}` } : { group: 'dialog', header, message };

  function deactivate(person: Person, target?: HTMLElement) {
    confirm.require({
      ...question(
        `Deactivate ${fullName(person)}?`,
        person.scim_managed
          ? 'They will no longer be able to log in. This person is managed by SCIM: the next sync may switch them on again.'
          : 'They will no longer be able to log in. Completions and scores stay available in reports.',
        target,
      ),
      icon: 'pi pi-exclamation-triangle',
      acceptProps: { label: 'Yes, deactivate', severity: 'danger' },
      rejectProps: { label: 'Keep active', severity: 'secondary', outlined: true },
      accept: () => void run(() => api.deactivate(person.id), (saved) => `${fullName(saved)} is now inactive`),
    });
  }

  function reactivate(person: Person, target?: HTMLElement) {
    confirm.require({
      ...question(`Reactivate ${fullName(person)}?`, 'They will be able to log in again and take up one licensed seat.', target),
      icon: 'pi pi-user-plus',
      acceptProps: { label: 'Yes, reactivate' },
      rejectProps: { label: 'Leave inactive', severity: 'secondary', outlined: true },
      accept: () => void run(() => api.reactivate(person.id), (saved) => `${fullName(saved)} is active again`),
    });
  }

  function changeRole(person: Person, role: string) {
    confirm.require({
      group: 'dialog',
      header: 'Change role',
      message: `Make ${fullName(person)} ${/^[AE]/.test(role) ? 'an' : 'a'} ${role}? They are ${person.role} now.`,
      icon: 'pi pi-id-card',
      acceptProps: { label: 'Change role' },
      rejectProps: { label: 'Never mind', severity: 'secondary', outlined: true },
      accept: () => void run(() => api.edit(person.id, { role }), (saved) => `${fullName(saved)}: role is now ${saved.role}`),
    });
  }

  const resend = (person: Person) => run(() => api.resend(person.id), (saved) => `Invitation sent again to ${saved.email}`);

  return { deactivate, reactivate, changeRole, resend };
}
