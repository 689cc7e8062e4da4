import { ref } from 'vue';
import { api, type Account } from '../shared/api';

const account = ref<Account | null>(null);

export function useSession() {
  return {
    account,
    async restore() {
      account.value = await api.session().catch(() => null);
    },
    async signIn(email: string, password: string) {
      account.value = await api.login(email, password);
    },
    async signOut() {
      await api.logout();
      account.value = null;
    },
  };
}
