export function dashboard($main: JQuery, path: string) {
  if (path !== '/dashboard' && path !== '') {
    $main.html('<div class="text-center py-5"><h1 class="h4">Page under construction</h1><p>This area is not part of your plan.</p></div>');
    return;
  }
  $main.html(`
    <h1 class="h3 mb-3">Dashboard</h1>
    <div class="row g-3">
      <div class="col-md-4"><div class="card"><div class="card-body"><h2 class="h6">Assigned guides</h2><p class="display-6 mb-0">14</p></div></div></div>
      <div class="col-md-4"><div class="card"><div class="card-body"><h2 class="h6">Overdue</h2><p class="display-6 mb-0">3</p></div></div></div>
      <div class="col-md-4"><div class="card"><div class="card-body"><h2 class="h6">Academy registrations</h2><p class="display-6 mb-0">128</p></div></div></div>
    </div>`);
}
