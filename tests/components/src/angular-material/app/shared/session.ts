import { Injectable, signal } from '@angular/core';

import { api, type Account } from '../../../shared/api';

@Injectable({ providedIn: 'root' })
export class Session {
  readonly account = signal<Account | null>(null);

  async restore(): Promise<boolean> {
    try {
      this.account.set(await api.session());
      return true;
    } catch {
      this.account.set(null);
      return false;
    }
  }

  async signIn(email: string, password: string): Promise<void> {
    this.account.set(await api.login(email, password));
  }

  async signOut(): Promise<void> {
    await api.logout();
    this.account.set(null);
  }
}
