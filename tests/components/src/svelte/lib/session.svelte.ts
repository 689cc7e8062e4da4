import { toast } from 'svelte-sonner';
import { api, type Account } from '../../shared/api';
import { router } from './router.svelte';

class Session {
  account = $state<Account>();

  async restore() {
    try {
      this.account = await api.session();
    } catch {
      router.go(`/login?next=${encodeURIComponent(location.pathname)}`, { replace: true });
    }
  }

  async signIn(email: string, password: string) {
    this.account = await api.login(email, password);
    const next = new URLSearchParams(location.search).get('next') ?? '/';
    router.go(/^\/(?![/\\])/.test(next) ? next : '/', { replace: true });
  }

  signOut = async () => {
    await api.logout();
    this.account = undefined;
    router.go('/login');
    toast.info('You have been signed out');
  };
}

export const session = new Session();
