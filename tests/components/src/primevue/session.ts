import { ref } from 'vue';
import { api, type Account } from '../shared/api';

const account = ref<Account | null>();

export const session = {
  account,
  async load() {
    if (account.value === undefined) account.value = await api.session().catch(() => null);
    return account.value;
  },
  async logIn(email: string, password: string) {
    account.value = await api.login(email, password);
  },
  async logOut() {
    await api.logout();
    account.value = null;
  },
};
