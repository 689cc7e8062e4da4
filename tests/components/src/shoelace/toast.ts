type Variant = 'success' | 'danger' | 'neutral';
const ICONS: Record<Variant, string> = { success: 'check2-circle', danger: 'exclamation-octagon', neutral: 'info-circle' };

/** Shows a notice in the corner, as the documentation of sl-alert does it. */
export function toast(message: string, variant: Variant = 'success') {
  const alert = Object.assign(document.createElement('sl-alert'), { variant, closable: true, duration: 4000 });
  const icon = Object.assign(document.createElement('sl-icon'), { name: ICONS[variant], slot: 'icon' });
  alert.append(icon, message);
  document.body.append(alert);
  return alert.toast();
}
