import { useDialog, useMessage } from 'naive-ui';
import { api, fullName, type Person } from '../shared/api';
import { reasonOf } from './store';

interface Question {
  title: string;
  content: string;
  positiveText: string;
  type?: 'warning' | 'error';
}

/** What the menu of a row can do to a user; `changed` is called after each success. */
export function useUserActions(changed: () => void) {
  const dialog = useDialog();
  const message = useMessage();

  async function run(work: () => Promise<unknown>, done: string) {
    try {
      await work();
      message.success(done);
      changed();
    } catch (error) {
      message.error(reasonOf(error));
    }
  }

  function ask({ type = 'warning', ...question }: Question, work: () => Promise<unknown>, done: string) {
    const instance = dialog[type]({
      ...question,
      negativeText: 'Cancel',
      positiveButtonProps: { type: type === 'error' ? 'error' : 'primary' },
      onPositiveClick: () => {
        instance.loading = true;
        return run(work, done);
      },
    });
  }

  return {
    deactivate: (person: Person) =>
      ask(
        {
          title: `Deactivate ${fullName(person)}?`,
          content: person.scim_managed
            ? `${person.email} is managed by your identity provider and may be reactivated by its next sync. Training records are kept.`
            : `${person.email} will no longer be able to sign in. Training records are kept and you can reactivate this user later.`,
          positiveText: 'Yes, deactivate',
        },
        () => api.deactivate(person.id),
        `${fullName(person)} has been deactivated`,
      ),
    reactivate: (person: Person) => run(() => api.reactivate(person.id), `${fullName(person)} has been reactivated`),
    resend: (person: Person) => run(() => api.resend(person.id), `Invitation resent to ${person.email}`),
    makeAdmin: (person: Person) =>
      ask(
        {
          title: 'Make Admin',
          content: `${fullName(person)} will be able to manage users, content and settings.`,
          positiveText: 'Make Admin',
        },
        () => api.edit(person.id, { role: 'Admin' }),
        `${fullName(person)} is now an admin`,
      ),
    remove: (person: Person) =>
      ask(
        {
          type: 'error',
          title: 'Permanently Delete',
          content: `This removes ${fullName(person)} (${person.email}) and all of their training records. It cannot be undone.`,
          positiveText: 'Delete forever',
        },
        () => api.remove(person.id),
        `${fullName(person)} has been permanently deleted`,
      ),
  };
}
