import { ref } from 'vue';
import { api, type Account } from '../../shared/api';

const account = ref<Account | null>(null);

async function restore() {
  account.value ??= await api.session().catch(() => null);
  return account.value;
}

async function signIn(email: string, password: string) {
  account.value = await api.login(email, password);
}

async function signOut() {
  await api.logout();
  account.value = null;
}

export const useSession = () => ({ account, restore, signIn, signOut });
