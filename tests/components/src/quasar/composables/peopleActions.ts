import { useQuasar } from 'quasar';
import { ref } from 'vue';
import { api, fullName, type Person } from '../../shared/api';
import { notifyFailure, notifySuccess } from './notify';

const listed = (people: Person[]) => (people.length === 1 ? fullName(people[0]) : `${people.length} people`);

export function usePeopleActions(changed: () => void) {
  const $q = useQuasar();
  const busy = ref(false);

  async function run(people: Person[], work: (id: number) => Promise<Person>, done: (who: string) => string) {
    busy.value = true;
    const reached: Person[] = [];
    for (const person of people) {
      try {
        reached.push(await work(person.id));
      } catch (error) {
        notifyFailure(error);
      }
    }
    busy.value = false;
    if (reached.length) notifySuccess(done(listed(reached)));
    changed();
  }

  function deactivate(people: Person[]) {
    const who = people.length === 1 ? `${fullName(people[0])} (${people[0].email})` : listed(people);
    const scim = people.some((person) => person.scim_managed)
      ? ' Accounts provisioned through SCIM should be deprovisioned in your identity provider, otherwise the next sync may restore them.'
      : '';
    $q.dialog({
      title: 'Deactivate',
      message: `Would you like to deactivate ${who}? They will no longer be able to log in. Completion records are kept.${scim}`,
      cancel: true,
      persistent: true,
    }).onOk(() => run(people, api.deactivate, (done) => `${done} deactivated`));
  }

  return {
    busy,
    deactivate,
    reactivate: (person: Person) => run([person], api.reactivate, (done) => `${done} reactivated`),
    resend: (people: Person[]) => run(people, api.resend, (done) => `Invitation sent again to ${done}`),
  };
}
